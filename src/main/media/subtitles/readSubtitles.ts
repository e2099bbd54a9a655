/** The words beside and inside a file. What is there but cannot be read is told, and never fails the file. */
import path from 'node:path';
import { PlayheadError, toErrorInfo } from '../../../contract/index.ts';
import { withTimeLimit } from '../../channel/timeLimit.ts';
import { typeOfName } from '../fileTypes.ts';
import type { MediaProbe, SubtitleCue, SubtitleStream } from '../mediaTypes.ts';
import { onMediaThread } from '../thread/onMediaThread.ts';
import { findSidecars, MOST_SIDECARS, type Sidecar } from './findSidecars.ts';
import { MOST_CUES } from './parseSubtitles.ts';
import { readBoundedFile } from './readBoundedFile.ts';
import { PICTURE_TRACKS, readEmbeddedTracks, type TrackBytes } from './readEmbedded.ts';
import { languageIn } from './subtitleName.ts';

/** For each file or track; reading one takes far less than a second. */
const FILE_LIMIT_SEC = 60;

export interface Subtitles {
  /** In time order. */
  cues: SubtitleCue[];
  notices: string[];
}

type SubtitledFile = Pick<MediaProbe, 'path' | 'kind' | 'subtitles' | 'fps'>;

interface Text {
  source: string;
  bytes: Uint8Array;
  extension: string;
  /** Words that may name the language. */
  about: string;
}

/**
 * Sidecars ("duet.srt", "duet.en.srt", "Subs/2_English.srt") and embedded text tracks.
 * @throws PlayheadError `cancelled`, `ffmpeg-missing`
 */
export async function readSubtitles(media: SubtitledFile, options: { signal?: AbortSignal } = {}): Promise<Subtitles> {
  const found: Subtitles = { cues: [], notices: [] };
  if (media.kind === 'image') return found;

  const step = (what: string) => ({ what, file: media.path, limitSec: FILE_LIMIT_SEC });
  async function take(source: string, read: () => Promise<Text>): Promise<void> {
    try {
      const text = await withTimeLimit(step(`Reading "${source}"`), read, options.signal);
      await takeCues(text, { ...options, fps: media.fps }, found);
    } catch (error) {
      options.signal?.throwIfAborted();
      const reason = error instanceof PlayheadError ? toErrorInfo(error).message : (error as Error).message;
      found.notices.push(`The subtitles "${source}" could not be read: ${reason}`);
    }
  }
  const looking = withTimeLimit(step('Looking for them'), () => findSidecars(media.path), options.signal);
  const sidecars = await looking.catch((error: Error) => {
    options.signal?.throwIfAborted();
    found.notices.push(`Subtitles beside the file could not be looked for: ${error.message}`);
    return [];
  });
  for (const sidecar of sidecars) {
    if (isUnread(sidecar)) found.notices.push(unreadSidecar(sidecar));
    else if (!isPictureHalf(sidecar, sidecars)) await take(sidecar.name, () => readSidecar(sidecar));
  }
  if (sidecars.length === MOST_SIDECARS) found.notices.push(`Only the first ${MOST_SIDECARS} subtitle files are read.`);

  const nameOf = (stream: SubtitleStream) => trackName(stream, media.subtitles.indexOf(stream));
  const isPicture = (stream: SubtitleStream) => stream.codec in PICTURE_TRACKS;
  for (const stream of media.subtitles.filter(isPicture)) {
    const kind = PICTURE_TRACKS[stream.codec];
    found.notices.push(`The words of ${nameOf(stream)} are pictures (${kind}) and are not read.`);
  }
  const textTracks = media.subtitles.filter((stream) => !isPicture(stream));
  for (const track of await readTracks(media.path, textTracks, options, found)) {
    await take(nameOf(track.stream), async () => textOf(track, nameOf(track.stream)));
  }
  found.cues.sort((a, b) => a.startSec - b.startSec);
  return found;
}

async function takeCues(text: Text, options: { signal?: AbortSignal; fps: number }, found: Subtitles): Promise<void> {
  const { bytes, extension, about, source } = text;
  const hinted = languageIn(about)?.encodings ?? [];
  const limits = { signal: options.signal, limitSec: FILE_LIMIT_SEC };
  const read = await onMediaThread('readCues', { bytes, extension, hinted, fps: options.fps }, limits);
  if (found.cues.length + read.cues.length > MOST_CUES) throw new Error('there are more than can be kept');
  for (const cue of read.cues) found.cues.push({ ...cue, source });
  if (read.cues.length === 0) found.notices.push(`The subtitles "${source}" hold no words that can be read.`);
  else if (read.rival !== null) found.notices.push(unsureEncoding(source, read.encoding, read.rival));
}

async function readSidecar({ file, name, tail }: Sidecar): Promise<Text> {
  const bytes = await readBoundedFile(file);
  return { source: name, bytes, extension: path.extname(file).toLowerCase(), about: tail };
}

function textOf({ stream, bytes, extension }: TrackBytes, source: string): Text {
  if (bytes instanceof Error) throw bytes;
  return { source, bytes, extension, about: `${stream.language ?? ''} ${stream.title ?? ''}` };
}

/** A file that cannot be passed through at all has no words inside; that it is damaged, others say. */
async function readTracks(
  file: string,
  streams: readonly SubtitleStream[],
  options: { signal?: AbortSignal },
  found: Subtitles,
): Promise<TrackBytes[]> {
  try {
    const tracks = await readEmbeddedTracks(file, streams, options);
    if (tracks.some(({ warnings }) => warnings.includes('Invalid UTF-8')))
      found.notices.push('Some words of the subtitle tracks could not be read: their encoding is not UTF-8.');
    return tracks;
  } catch (error) {
    if (error instanceof PlayheadError && ['cancelled', 'ffmpeg-missing'].includes(error.code)) throw error;
    found.notices.push(`The subtitle tracks could not be read: ${toErrorInfo(error).message}`);
    return [];
  }
}

function isUnread({ file }: Sidecar): boolean {
  return typeOfName(file)?.isUnread === true;
}

/** VobSub is a pair: the pictures in ".sub", their times in ".idx" under the same name. */
function isPictureHalf({ file }: Sidecar, all: readonly Sidecar[]): boolean {
  const index = file.slice(0, -4).toLowerCase();
  return /\.sub$/i.test(file) && all.some((other) => other.file.toLowerCase() === `${index}.idx`);
}

function unreadSidecar({ name }: Sidecar): string {
  const isPicture = /\.(idx|sup)$/i.test(name);
  return isPicture
    ? `The words of the subtitles "${name}" are pictures and are not read.`
    : `The subtitles "${name}" are of a kind that is not read; SRT, WebVTT and ASS are.`;
}

function unsureEncoding(source: string, encoding: string, rival: string): string {
  return `The letters of the subtitles "${source}" are a guess (${encoding}, or ${rival}): save them as UTF-8 if they look wrong.`;
}

function trackName(stream: SubtitleStream, position: number): string {
  const details = [stream.language, stream.title].filter((detail) => detail !== null).join(', ');
  return `subtitle track ${position + 1}${details === '' ? '' : ` (${details})`}`;
}

import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { PlayheadError, toErrorInfo } from '../../../contract/index.ts';
import { decodeText } from './decodeText.ts';
import { ffmpeg } from './ffmpeg.ts';
import type { MediaProbe, SubtitleCue, SubtitleStream } from './mediaTypes.ts';
import { parseSubtitles, SUBTITLE_EXTENSIONS } from './parseSubtitles.ts';

/** Bytes; a subtitle file is never longer. */
const LARGEST_FILE = 16 * 2 ** 20;

/**
 * The words beside and inside a file: sidecars of the same base name ("duet.srt", "duet.en.srt" for "duet.mp4") and
 * embedded text tracks. What is there but cannot be read is told in `notices`; it never fails the file.
 * @returns cues in time order
 * @throws PlayheadError `cancelled`, `ffmpeg-missing`
 */
export async function readSubtitles(
  probe: Pick<MediaProbe, 'path' | 'subtitles'>,
  options: { signal?: AbortSignal } = {},
): Promise<{ cues: SubtitleCue[]; notices: string[] }> {
  const cues: SubtitleCue[] = [];
  const notices: string[] = [];

  async function take(source: string, read: () => Promise<Omit<SubtitleCue, 'source'>[]>): Promise<void> {
    try {
      for (const cue of await read()) cues.push({ ...cue, source });
    } catch (error) {
      if (error instanceof PlayheadError && ['cancelled', 'ffmpeg-missing'].includes(error.code)) throw error;
      notices.push(`The subtitles "${source}" could not be read: ${toErrorInfo(error).message}`);
    }
  }
  for (const file of await findSidecars(probe.path)) await take(path.basename(file), () => readSidecar(file));
  for (const [i, stream] of probe.subtitles.entries()) {
    await take(nameOf(stream, i), () => readEmbedded(probe.path, stream, options));
  }
  return { cues: cues.sort((a, b) => a.startSec - b.startSec), notices };
}

/** Files beside `file` with its base name and, between that and the extension, at most a few words ("en", "en.forced"). */
export async function findSidecars(file: string): Promise<string[]> {
  const folder = path.dirname(file);
  const base = path.basename(file, path.extname(file)).normalize();
  const names = await readdir(folder).catch(() => []);
  const matching = names.filter((name) => {
    const extension = path.extname(name);
    const stem = path.basename(name, extension).normalize();
    const rest = stem.slice(base.length);
    return (
      SUBTITLE_EXTENSIONS.includes(extension.toLowerCase()) &&
      stem.startsWith(base) &&
      /^(\.[\w-]{1,20}){0,3}$/.test(rest)
    );
  });
  return matching.sort().map((name) => path.join(folder, name));
}

async function readSidecar(file: string) {
  const { size } = await stat(file);
  if (size > LARGEST_FILE) throw new Error('it is too large to be a subtitle file');
  return parseSubtitles(decodeText(await readFile(file)), path.extname(file).toLowerCase());
}

async function readEmbedded(file: string, stream: SubtitleStream, options: { signal?: AbortSignal }) {
  const after = ['-map', `0:${stream.streamIndex}`, '-c:s', 'srt', '-f', 'srt'];
  const { stdout } = await ffmpeg(file, { after }, { maxOutputBytes: LARGEST_FILE, timeLimitSec: 600, ...options });
  return parseSubtitles(decodeText(stdout), '.srt');
}

function nameOf(stream: SubtitleStream, position: number): string {
  const details = [stream.language, stream.title].filter((detail) => detail !== null).join(', ');
  return `subtitle track ${position + 1}${details === '' ? '' : ` (${details})`}`;
}

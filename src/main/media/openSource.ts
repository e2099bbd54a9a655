/** A path -> a source: its tracks, its parts on one clock, and what was odd about it. */
import type { MediaKind } from '../../contract/index.ts';
import { checkFile } from './checkFile.ts';
import { damaged, notMedia, truncationInWords, unknownCodec } from './explainFailure.ts';
import { inputOf } from './ffmpeg.ts';
import { findTruncation, type Truncation } from './findTruncation.ts';
import type { MediaInput } from './mediaInput.ts';
import { findParts, type Part } from './parts.ts';
import { openPicture } from './pictures/openPicture.ts';
import type { Picture } from './pictures/picture.ts';
import { type Probed, probeFile } from './probeFile.ts';
import { readStreams, type Streams } from './readStreams.ts';
import { type Container, containerOf, isStillPicture } from './sniffContainer.ts';

export interface Source {
  path: string;
  kind: MediaKind;
  sizeBytes: number;
  /** Milliseconds since the epoch, a whole number. */
  modifiedMs: number;
  /** Seconds; 0 for a picture. */
  durationSec: number;
  /** Of the first part, which stands for all. */
  streams: Streams;
  /** In order, each where the one before it ends; at least one. */
  parts: Part[];
  /** Set for a still picture. */
  picture: Picture | null;
  /** Seconds that a file says it has, where its end is missing; else null. */
  declaredSec: number | null;
  /** What is reduced or odd, in words. */
  notices: string[];
}

/** Bytes up to which listing the packets costs no more than starting ffprobe does. */
const SMALL_FILE = 16e6;
/** Seconds; a file that begins later than this counts from somewhere else. */
const LATE_START = 1;
/** Bits per second below which no film or sound is: a length that says so is not believed. */
const LOWEST_RATE = 2_000;
/** Their declared length is a guess of ffmpeg's from the size, or from two timestamps. */
const WITHOUT_LENGTH: (Container | null)[] = [null, 'mpegts', 'mpeg', 'mp3', 'adts', 'mjpeg'];
/** Seconds by which a file may be shorter than it says before it is told. */
const SHORT_BY = 1;

/** @throws PlayheadError as `openMedia` does */
export async function openSource(path: string, options: { signal?: AbortSignal } = {}): Promise<Source> {
  const { signal } = options;
  const file = await checkFile(path, signal);
  const container = await containerOf(path, signal);
  const input = inputOf(path, container);
  if (isStillPicture(container))
    return stillPicture(path, file, await openPicture(input, container, { ...file, signal }));

  const truncation = await findTruncation(path, file.sizeBytes, container, signal);
  const isDoubtful = truncation !== null || WITHOUT_LENGTH.includes(container);
  const probed = await probe(input, { sizeBytes: file.sizeBytes, isDoubtful, signal });
  const streams = readStreams(probed);
  if (container === 'mjpeg' && pictureCount(streams, probed) < 2)
    return stillPicture(path, file, await openPicture(inputOf(path, 'jpeg'), 'jpeg', { ...file, signal }));
  const kind = kindOf(path, streams, container, probed);
  const trustsHeader = truncation === null;
  const parts = await findParts(input, probed, { sizeBytes: file.sizeBytes, trustsHeader, signal });
  const last = parts.at(-1);
  if (last === undefined) throw damaged(path, 'The file is damaged: none of its pictures or sound can be read.');

  const durationSec = kind === 'image' ? 0 : last.atSec + last.lengthSec;
  const notices = truncation
    ? [`${truncationInWords(file.sizeBytes, truncation.expectedBytes)} Only its beginning can be used.`]
    : notesOn(streams, parts, durationSec);
  const declaredSec =
    kind === 'image' || parts.length > 1 ? null : declaredLength(streams, durationSec, truncation, file.sizeBytes);
  return { path, kind, ...file, durationSec, streams, parts, picture: null, declaredSec, notices };
}

function stillPicture(path: string, file: { sizeBytes: number; modifiedMs: number }, picture: Picture): Source {
  const { streams, input, notices } = picture;
  const part = { input, streams, listedFrames: 1, atSec: 0, lengthSec: 0, originSec: 0 };
  return { path, kind: 'image', ...file, durationSec: 0, streams, parts: [part], picture, declaredSec: null, notices };
}

/** The header alone where it can be believed, with all packets where not. */
async function probe(
  input: MediaInput,
  { isDoubtful, ...read }: { sizeBytes: number; isDoubtful: boolean; signal: AbortSignal | undefined },
): Promise<Probed> {
  const withPackets = isDoubtful || read.sizeBytes <= SMALL_FILE;
  const probed = await probeFile(input, { ...read, withPackets });
  return withPackets || isBelievable(readStreams(probed), read.sizeBytes)
    ? probed
    : probeFile(input, { ...read, withPackets: true });
}

function isBelievable({ durationSec, seekOriginSec, video, isUnsure }: Streams, sizeBytes: number): boolean {
  if (durationSec === null || isUnsure || video?.fps === 0) return false;
  return Math.abs(seekOriginSec) < LATE_START && (sizeBytes * 8) / durationSec > LOWEST_RATE;
}

/** Image, video or sound. An animation of one frame is an image. */
function kindOf(path: string, { video, audio }: Streams, container: Container | null, { packets }: Probed): MediaKind {
  if (video?.codec.startsWith('unknown') && audio === null) throw unknownCodec(path, video.codec);
  if (video === null) {
    if (audio === null) throw notMedia(path, 'no video or sound track');
    return 'audio';
  }
  const isAnimation = container === 'gif' || container === 'apng';
  return isAnimation && pictureCount({ video }, { packets }) === 1 ? 'image' : 'video';
}

/** By the packets, 0 where they were not listed. */
function pictureCount({ video }: Pick<Streams, 'video'>, { packets }: Pick<Probed, 'packets'>): number {
  return (video && packets?.get(video.streamIndex)?.pts.length) ?? 0;
}

/** As the header says, else by the bytes that are missing. */
function declaredLength(
  { durationSec: declared }: Streams,
  durationSec: number,
  truncation: Truncation | null,
  sizeBytes: number,
): number | null {
  if (truncation === null) return null;
  if (declared !== null && declared > durationSec + SHORT_BY) return declared;
  return durationSec * (truncation.expectedBytes / Math.max(1, sizeBytes));
}

function notesOn({ durationSec: declared }: Streams, parts: readonly Part[], durationSec: number): string[] {
  if (parts.length > 1)
    return [`${parts.length} recordings were joined in this file; they are shown one after the other.`];
  // Some headers count from 0, although the film begins later.
  const beginsAt = Math.max(0, parts[0]?.originSec ?? 0);
  if (declared === null || declared <= beginsAt + durationSec + SHORT_BY) return [];
  const [said, read] = [declared, durationSec].map((sec) => `${Math.round(sec).toLocaleString('en')} s`);
  return [`The file says that it is ${said} long; ${read} of it are there.`];
}

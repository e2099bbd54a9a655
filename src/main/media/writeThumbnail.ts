import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Segment } from '../../contract/index.ts';
import { PlayheadError } from '../../contract/index.ts';
import { diskFull, isDiskFull } from '../ports/diskFull.ts';
import type { RgbImage } from '../ports/rgbImage.ts';
import { requireVideo, withFrameTable } from './decodeFrames.ts';
import { drawLoudness } from './drawLoudness.ts';
import { type FrameTable, frameAtTime } from './frameTable.ts';
import { encodeJpegs, readJpegs } from './jpegs.ts';
import type { Source } from './openSource.ts';
import { pickFrames } from './pickFrames.ts';
import { readPicture } from './pictures/openPicture.ts';
import { levelsWithin, measureSoundLevels } from './soundLevels.ts';
import { fitInto } from './videoFilters.ts';

/** What a thumbnail shows, and where it goes. */
export interface ThumbnailWish {
  /** The stretch that it stands for; left out, the whole file. */
  segment?: Segment;
  /** Absolute path; a JPEG is written there whole or not at all. Its folder is made. */
  outFile: string;
}

export interface ThumbnailOptions {
  /** Pixels; default 320. Upright pictures are made no higher than wide ones are broad. */
  width?: number;
  signal?: AbortSignal | undefined;
  /** Hears how many wishes have been met or given up. */
  onDone?: (count: number) => void | Promise<void>;
}

const DEFAULT_WIDTH = 320;
/** Pictures that are made in one go. */
const AT_ONCE = 32;
/** Where in a stretch its picture is taken: not at its edges, where scenes fade. */
const BEST_PLACE = 0.4;
/** A key frame this near to the best place is taken in its stead: it costs no decoding of others. */
const GOOD_PLACES = { first: 0.2, last: 0.6 };

/**
 * Writes JPEGs: a frame of a video from within the stretch, in the shape it is displayed in; a picture; or the
 * loudness of sound as bars.
 * @returns for each wish, whether there is a picture now
 * @throws PlayheadError `disk-full`, `cancelled`
 */
export async function writeThumbnails(
  source: Source,
  wishes: readonly ThumbnailWish[],
  options: ThumbnailOptions = {},
): Promise<boolean[]> {
  const written: boolean[] = [];
  for (let first = 0; first < wishes.length; first += AT_ONCE) {
    options.signal?.throwIfAborted();
    const batch = wishes.slice(first, first + AT_ONCE);
    const jpegs = await makeTolerantly(source, batch, options);
    for (const [i, { outFile }] of batch.entries()) {
      const jpeg = jpegs[i] ?? null;
      if (jpeg !== null) await writeWhole(outFile, jpeg);
      written.push(jpeg !== null);
    }
    await options.onDone?.(written.length);
  }
  return written;
}

/** All at once; where one of them cannot be had, one by one, so that the others are. */
async function makeTolerantly(
  source: Source,
  wishes: readonly ThumbnailWish[],
  options: ThumbnailOptions,
): Promise<(Uint8Array | null)[]> {
  try {
    return await make(source, wishes, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof PlayheadError && error.code === 'cancelled') throw error;
    if (wishes.length <= 1) return [null];
    const jpegs: (Uint8Array | null)[] = [];
    for (const wish of wishes) jpegs.push(...(await makeTolerantly(source, [wish], options)));
    return jpegs;
  }
}

function make(source: Source, wishes: readonly ThumbnailWish[], options: ThumbnailOptions): Promise<Uint8Array[]> {
  const width = options.width ?? DEFAULT_WIDTH;
  const segments = wishes.map(({ segment }) => segment ?? { startSec: 0, endSec: source.durationSec });
  if (source.kind === 'image') return showPicture(source, segments.length, { ...options, width });
  if (source.kind === 'audio') return drawSound(source, segments, { ...options, width });
  return showFrames(source, segments, { ...options, width });
}

type Making = Pick<ThumbnailOptions, 'signal'> & { width: number };

async function showFrames(
  source: Source,
  segments: readonly Segment[],
  { width, signal }: Making,
): Promise<Uint8Array[]> {
  const video = requireVideo(source);
  const size = fitInto(video, width);
  const limits = { timeLimitSec: 120 + 4 * source.durationSec, signal };
  const reader = { video, size, read: (request: Parameters<typeof readJpegs>[0]) => readJpegs(request, limits) };
  return withFrameTable(source, signal, (table) => {
    const indices = segments.map((segment) => frameThatStandsFor(segment, table));
    return pickFrames(table, indices, reader);
  });
}

/** A frame that is shown within the stretch. */
function frameThatStandsFor({ startSec, endSec }: Segment, table: FrameTable): number {
  const at = (share: number) => frameAtTime(table, startSec + (endSec - startSec) * share);
  const [best, first, last] = [at(BEST_PLACE), at(GOOD_PLACES.first), at(GOOD_PLACES.last)];
  const near = table.keyframes.filter((index) => index > first && index <= last);
  return near.sort((a, b) => Math.abs(a - best) - Math.abs(b - best))[0] ?? best;
}

async function showPicture(source: Source, count: number, { width, signal }: Making): Promise<Uint8Array[]> {
  // The last step down is the encoder's: it also squares the pixels.
  const image = await readPicture(source, { maxEdge: width * 2, signal });
  const [jpeg] = await encodeJpegs([image], fitInto(source.streams.video ?? image, width), { signal });
  return Array(count).fill(jpeg);
}

async function drawSound(
  source: Source,
  segments: readonly Segment[],
  { width, signal }: Making,
): Promise<Uint8Array[]> {
  const size = { width, height: Math.round((width * 9) / 16) };
  const levels = await measureSoundLevels(source, { signal });
  const draw = ({ startSec, endSec }: Segment): RgbImage =>
    drawLoudness(levelsWithin(levels, startSec, endSec), size.width, size.height);
  const [first, ...rest] = segments.map(draw);
  return first === undefined ? [] : encodeJpegs([first, ...rest], size, { signal });
}

/** Under another name first: a reader never sees half a picture. Exported for its test. */
export async function writeWhole(
  outFile: string,
  bytes: Uint8Array,
  partial = `${outFile}.${randomUUID()}.part`,
): Promise<void> {
  try {
    await mkdir(path.dirname(outFile), { recursive: true });
    await writeFile(partial, bytes);
    await rename(partial, outFile);
  } catch (error) {
    await rm(partial, { force: true });
    throw isDiskFull(error) ? diskFull('a thumbnail could not be written', { cause: error }) : error;
  }
}

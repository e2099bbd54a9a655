import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { MediaKind, Segment } from '../../../contract/index.ts';
import { PlayheadError } from '../../../contract/index.ts';
import type { RgbImage } from '../ports/rgbImage.ts';
import { decodeFramesAt } from './decodeFrames.ts';
import { decodeWaveform } from './decodeWaveform.ts';
import { drawWaveform } from './drawWaveform.ts';
import { ffmpegOnBytes } from './ffmpeg.ts';
import type { MediaProbe } from './mediaTypes.ts';
import { readStreams } from './readStreams.ts';
import { fitInto } from './videoFilters.ts';

/** What a thumbnail shows, and where it goes. */
export interface ThumbnailWish {
  /** Seconds from the start; ignored for images. */
  atSec: number;
  /** Sound only: the stretch that the picture shows; left out, the whole file. */
  segment?: Segment;
  /** Absolute path; a JPEG is written there whole or not at all. Its folder is made. */
  outFile: string;
}

export interface ThumbnailOptions {
  /** Pixels; default 320. Upright pictures are made no higher than wide ones are broad. */
  width?: number;
  signal?: AbortSignal;
  onWritten?: (done: number) => void | Promise<void>;
}

const DEFAULT_WIDTH = 320;
/** Hz: a thumbnail shows loudness, not sound. */
const DRAWN_RATE = 4000;

/**
 * Writes JPEGs: a frame of a video (the keyframe at or before `atSec`, in the shape it is displayed in), a picture,
 * or the loudness of a sound file as bars.
 * @returns for each wish, whether there is a picture now
 * @throws PlayheadError `disk-full`, `cancelled`
 */
export async function writeThumbnails(
  { path: file, kind }: Pick<MediaProbe, 'path' | 'kind'>,
  wishes: readonly ThumbnailWish[],
  options: ThumbnailOptions = {},
): Promise<boolean[]> {
  const { width = DEFAULT_WIDTH, signal, onWritten } = options;
  const written: boolean[] = [];
  for (const wish of wishes) {
    signal?.throwIfAborted();
    try {
      const picture =
        kind === 'audio'
          ? await drawSound(file, width, { ...wish, signal })
          : await pickFrame(file, width, { ...wish, kind, signal });
      await writeWhole(wish.outFile, await encodeJpeg(picture.image, picture.displayed, signal));
      written.push(true);
    } catch (error) {
      if (error instanceof PlayheadError && ['cancelled', 'disk-full'].includes(error.code)) throw error;
      written.push(false);
    }
    await onWritten?.(written.length);
  }
  return written;
}

async function pickFrame(
  file: string,
  width: number,
  { kind, atSec, signal }: { kind: MediaKind; atSec: number; signal: AbortSignal | undefined },
) {
  const [image] = await decodeFramesAt(file, [atSec], {
    maxEdge: width * 2, // the last step down is the encoder's: it also squares the pixels
    fast: kind === 'video',
    ...(signal ? { signal } : {}),
  });
  const { video } = await readStreams(file);
  return { image: image as RgbImage, displayed: fitInto(video ?? (image as RgbImage), width) };
}

async function drawSound(
  file: string,
  width: number,
  { segment, signal }: { segment?: Segment; signal: AbortSignal | undefined },
) {
  const waveform = await decodeWaveform(file, {
    channel: 'mix',
    sampleRate: DRAWN_RATE,
    ...(segment ? { segment } : {}),
    ...(signal ? { signal } : {}),
  });
  const image = drawWaveform(waveform, width, Math.round((width * 9) / 16));
  return { image, displayed: image };
}

async function encodeJpeg(image: RgbImage, size: { width: number; height: number }, signal?: AbortSignal) {
  const before = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${image.width}x${image.height}`];
  const filters = `scale=${size.width}:${size.height}:flags=lanczos,setsar=1,format=yuvj444p`;
  const after = ['-vf', filters, '-frames:v', '1', '-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2pipe'];
  const { stdout } = await ffmpegOnBytes(image.data, { before, after }, signal ? { signal } : {});
  return stdout;
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
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    throw new PlayheadError(
      { code: 'disk-full', message: 'The disk is full: a thumbnail could not be written.', hint: 'Free some space.' },
      { cause: error },
    );
  }
}

/**
 * HEIC and AVIF as phones write them: grids of tiles that most builds of ffmpeg cannot join. The file is read by
 * libheif, HEVC tiles are decoded by it as well, AV1 tiles by libavif (both as WebAssembly, in the thread of this room).
 */
import type { RgbImage } from '../../ports/rgbImage.ts';
import { damaged } from '../explainFailure.ts';
import type { MediaInput } from '../mediaInput.ts';
import { onMediaThread } from '../thread/onMediaThread.ts';
import { fitInto } from '../videoFilters.ts';
import { convertPixels } from './convertPixels.ts';
import type { HeifFile } from './heifFile.ts';
import type { Picture, PictureOptions } from './picture.ts';
import { pictureStreams, refuseTooLarge } from './pictureStreams.ts';

/** Far more than the largest picture takes. */
const PICTURE_LIMIT_SEC = 120;

/** @returns null when this is no HEIF file that libheif understands */
export async function openHeif(
  { file, ...input }: MediaInput,
  codec: HeifFile['codec'],
  options: { signal?: AbortSignal | undefined },
): Promise<Picture | null> {
  const limits = { signal: options.signal, limitSec: PICTURE_LIMIT_SEC };
  const size = await onMediaThread('readHeifSize', { file }, limits);
  if (size === null) return null;
  refuseTooLarge(file, size);
  return {
    input: { file, ...input },
    streams: pictureStreams(codec === 'heif' ? 'hevc' : 'av1', size),
    notices: [],
    read: (wish) => readHeif({ file, codec }, wish),
  };
}

async function readHeif(heif: HeifFile, { maxEdge, signal }: PictureOptions): Promise<RgbImage> {
  const pixels = await onMediaThread('readHeifPixels', heif, { signal, limitSec: PICTURE_LIMIT_SEC });
  if (pixels === null) throw damaged(heif.file, 'The picture is damaged: nothing of it can be read.');
  return convertPixels(pixels, { size: fitInto(pixels, maxEdge), signal });
}

/**
 * HEIC and AVIF as phones write them: grids of tiles that most builds of ffmpeg cannot join. The file is read by
 * libheif, HEVC tiles are decoded by it as well, AV1 tiles by libavif (both as WebAssembly).
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { RgbImage } from '../../ports/rgbImage.ts';
import { damaged } from '../explainFailure.ts';
import type { MediaInput } from '../mediaInput.ts';
import { fitInto } from '../videoFilters.ts';
import { convertPixels, type RgbaImage } from './convertPixels.ts';
import { decodeAvif } from './decodeAvif.ts';
import type { Picture, PictureOptions } from './openPicture.ts';
import { pictureStreams, refuseTooLarge } from './pictureStreams.ts';

/** The part of libheif that is used here. */
interface HeifImage {
  get_width(): number;
  get_height(): number;
  is_primary(): boolean;
  display(target: RgbaImage, done: (image: RgbaImage | null) => void): void;
  free(): void;
}
interface LibHeif {
  HeifDecoder: new () => { decode(file: Uint8Array): HeifImage[] };
}

const packages = createRequire(import.meta.url);

/** @returns null when this is no HEIF file that libheif understands */
export async function openHeif(input: MediaInput, codec: 'heif' | 'avif'): Promise<Picture | null> {
  const size = await withPrimary(input.file, async (image) => ({
    width: image.get_width(),
    height: image.get_height(),
  }));
  if (size === null) return null;
  refuseTooLarge(input.file, size);
  return {
    input,
    streams: pictureStreams(codec === 'heif' ? 'hevc' : 'av1', size),
    notices: [],
    read: (options) => readHeif(input.file, codec, options),
  };
}

async function readHeif(file: string, codec: 'heif' | 'avif', options: PictureOptions): Promise<RgbImage> {
  const pixels = codec === 'avif' ? await decodeAvif(await readFile(file)) : await withPrimary(file, display);
  if (pixels === null) throw damaged(file, 'The picture is damaged: nothing of it can be read.');
  return convertPixels(pixels, { size: fitInto(pixels, options.maxEdge), signal: options.signal });
}

/** Upright: libheif applies the turns that the file asks for. */
function display(image: HeifImage): Promise<RgbaImage | null> {
  const [width, height] = [image.get_width(), image.get_height()];
  const target = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  return new Promise((resolve) => image.display(target, resolve));
}

/** The picture that the file calls its own, among thumbnails, depth maps and bursts. */
async function withPrimary<T>(file: string, work: (image: HeifImage) => Promise<T | null>): Promise<T | null> {
  const { HeifDecoder } = packages('libheif-js/wasm-bundle') as LibHeif;
  const images = new HeifDecoder().decode(await readFile(file));
  try {
    const image = images.find((candidate) => candidate.is_primary()) ?? images[0];
    return image === undefined ? null : await work(image);
  } finally {
    for (const image of images) image.free();
  }
}

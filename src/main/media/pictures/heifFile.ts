/** A HEIC or AVIF file -> its pixels. The thread that asks is busy until they are there: see `mediaTasks.ts`. */
import { createRequire } from 'node:module';
import { readRegularFile } from '../../ports/regularFile.ts';
import type { PixelSize } from '../videoFilters.ts';
import type { RgbaImage } from './convertPixels.ts';
import { decodeAvif } from './decodeAvif.ts';

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

export interface HeifFile {
  file: string;
  codec: 'heif' | 'avif';
}

/** Bytes; both decoders want the whole file in memory. */
const LARGEST_PICTURE_FILE = 512 * 2 ** 20;

const packages = createRequire(import.meta.url);

/** Upright. @returns null when this is no HEIF file that libheif understands */
export function readHeifSize({ file }: Pick<HeifFile, 'file'>): Promise<PixelSize | null> {
  return withPrimary(file, async (image) => ({ width: image.get_width(), height: image.get_height() }));
}

/** @returns null when nothing can be read */
export async function readHeifPixels({ file, codec }: HeifFile): Promise<RgbaImage | null> {
  return codec === 'avif' ? decodeAvif(await readRegularFile(file, LARGEST_PICTURE_FILE)) : withPrimary(file, display);
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
  const images = new HeifDecoder().decode(await readRegularFile(file, LARGEST_PICTURE_FILE));
  try {
    const image = images.find((candidate) => candidate.is_primary()) ?? images[0];
    return image === undefined ? null : await work(image);
  } finally {
    for (const image of images) image.free();
  }
}

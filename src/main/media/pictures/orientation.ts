/** How a camera was held (Exif's Orientation, 1 to 8), and how its picture is put upright. */
import ExifReader from 'exifreader';
import { readRegularPart } from '../../ports/regularFile.ts';

/** Bytes; a photograph is read whole, of a larger file its beginning. */
const LARGEST_READ = 64 * 2 ** 20;

/** @returns 1 to 8; 1 (upright) where the picture does not say */
export async function readOrientation(file: string, sizeBytes: number): Promise<number> {
  const bytes = await readRegularPart(file, 0, Math.min(sizeBytes, LARGEST_READ));
  try {
    const value = Number(ExifReader.load(bytes, { includeTags: { exif: ['Orientation'] } }).Orientation?.value);
    return value >= 1 && value <= 8 ? value : 1;
  } catch {
    return 1; // nothing there, or nothing that can be understood: as every viewer, it is shown as it is stored
  }
}

/** True where width and height change places. */
export function isTurned(orientation: number): boolean {
  return orientation >= 5;
}

/** ffmpeg's filters that put a picture upright. (Exif 2.32, table 6) */
const UPRIGHT: Record<number, string[]> = {
  2: ['hflip'],
  3: ['hflip', 'vflip'],
  4: ['vflip'],
  5: ['transpose=0'],
  6: ['transpose=1'],
  7: ['transpose=3'],
  8: ['transpose=2'],
};

export function uprightFilters(orientation: number): string[] {
  return UPRIGHT[orientation] ?? [];
}

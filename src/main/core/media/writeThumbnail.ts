import type { MediaKind } from '../../../contract/index.ts';

export interface ThumbnailOptions {
  /** Seconds from the start; ignored for images. For sound, the picture shows the whole file. */
  atSec: number;
  kind: MediaKind;
  /** Absolute path ending in .jpg (or .png / .webp). */
  outFile: string;
  /** Pixels. */
  width?: number;
  signal?: AbortSignal;
}

export async function writeThumbnail(_path: string, _options: ThumbnailOptions): Promise<void> {
  throw new Error('not yet');
}

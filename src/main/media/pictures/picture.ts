import type { RgbImage } from '../../ports/rgbImage.ts';
import type { MediaInput } from '../mediaInput.ts';
import type { Streams } from '../readStreams.ts';

export interface Picture {
  input: MediaInput;
  /** One video track, of the upright size. */
  streams: Streams;
  notices: string[];
  /** @throws PlayheadError `file-damaged` */
  read(options: PictureOptions): Promise<RgbImage>;
}

export interface PictureOptions {
  /** Scales down to this longest edge, in pixels. */
  maxEdge?: number;
  signal?: AbortSignal | undefined;
}

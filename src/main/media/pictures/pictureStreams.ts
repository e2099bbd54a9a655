import { PlayheadError } from '../../../contract/index.ts';
import type { Streams, VideoStream } from '../readStreams.ts';
import type { PixelSize } from '../videoFilters.ts';

/** Pixels: no camera takes more, and beyond it one picture would fill the memory. */
const MOST_PIXELS = 250e6;

/** @throws PlayheadError `file-unreadable` */
export function refuseTooLarge(file: string, { width, height }: PixelSize): void {
  if (width * height <= MOST_PIXELS) return;
  throw new PlayheadError({
    code: 'file-unreadable',
    message: `The picture is too large: ${width} × ${height} pixels, of at most ${MOST_PIXELS / 1e6} million.`,
    file,
    hint: 'Save it smaller.',
  });
}

/** What ffprobe would say of a picture that it cannot read. */
export function pictureStreams(codec: string, { width, height }: PixelSize): Streams {
  const video: VideoStream = {
    ...{ streamIndex: 0, codec, timeBase: 1, startSec: 0, fps: 0, declaredFrames: 1, isHdr: false },
    ...{ width, height, frameWidth: width, frameHeight: height },
  };
  const nothingElse = {
    durationSec: null,
    seekOriginSec: 0,
    audio: null,
    sounds: [],
    subtitles: [],
    tags: [],
    isUnsure: false,
  };
  return { format: codec, video, ...nothingElse };
}

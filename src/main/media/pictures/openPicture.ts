/** A still picture: always its first image, upright, whichever format it is stored in. */
import type { RgbImage } from '../../ports/rgbImage.ts';
import { damaged, unknownCodec } from '../explainFailure.ts';
import { ffmpegOnBytes } from '../ffmpeg.ts';
import type { MediaInput } from '../mediaInput.ts';
import { probeFile } from '../probeFile.ts';
import { readRawFrames } from '../readRawFrames.ts';
import { readStreams, type Streams, type VideoStream } from '../readStreams.ts';
import type { Container } from '../sniffContainer.ts';
import { fitInto, type PixelSize, toRgbFilters } from '../videoFilters.ts';
import { openHeif } from './openHeif.ts';
import { isTurned, readOrientation, uprightFilters } from './orientation.ts';
import type { Picture, PictureOptions } from './picture.ts';
import { pictureStreams, refuseTooLarge } from './pictureStreams.ts';
import { stillOfWebp } from './stillOfWebp.ts';

const NOTHING_READ = 'The picture is damaged: nothing of it can be read.';

/** @throws PlayheadError `file-unreadable` for more pixels than fit, and the failures of reading a file */
export async function openPicture(
  input: MediaInput,
  container: Container | null,
  options: { sizeBytes: number; signal?: AbortSignal | undefined },
): Promise<Picture> {
  if (container === 'heif' || container === 'avif') {
    const picture = await openHeif(input, container, options);
    if (picture !== null) return picture;
  }
  const still = container === 'webp' ? await stillOfWebp(input.file) : null;
  return still === null ? openWithFfmpeg(input, options) : openStillOf(input, still);
}

/** What is read of an opened source. */
interface PictureSource {
  path: string;
  picture: Picture | null;
  parts: readonly { input: MediaInput }[];
  streams: Pick<Streams, 'video'>;
}

/** The picture of a source of kind `image`. */
export async function readPicture(source: PictureSource, options: PictureOptions): Promise<RgbImage> {
  if (source.picture !== null) return source.picture.read(options);
  const part = source.parts[0]; // an animation of one picture
  const { video } = source.streams;
  if (part === undefined || video === null) throw damaged(source.path, NOTHING_READ);
  return readUpright(part.input, video, { ...options, orientation: 1 });
}

async function openWithFfmpeg(
  input: MediaInput,
  options: { sizeBytes: number; signal?: AbortSignal | undefined },
): Promise<Picture> {
  const streams = readStreams(await probeFile(input, { ...options, withPackets: false }));
  const { video } = streams;
  if (video === null) throw damaged(input.file, NOTHING_READ);
  if (video.codec.startsWith('unknown')) throw unknownCodec(input.file, video.codec);
  refuseTooLarge(input.file, video);
  const orientation = await readOrientation(input.file, options.sizeBytes);
  const upright = isTurned(orientation) ? turned(video) : video;
  return {
    input,
    streams: { ...streams, video: upright, audio: null },
    notices: [],
    read: (wish) => readUpright(input, upright, { ...wish, orientation }),
  };
}

function openStillOf(input: MediaInput, { bytes, size }: { bytes: Uint8Array; size: PixelSize }): Picture {
  refuseTooLarge(input.file, size);
  return {
    input,
    streams: pictureStreams('webp', size),
    notices: ['The picture moves (an animated WebP): its first image stands for it.'],
    async read({ maxEdge, signal }) {
      const fitted = fitInto(size, maxEdge);
      const filters = toRgbFilters({ isHdr: false }, fitted)[0] as string;
      const after = ['-vf', filters, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24'];
      // Older versions read a pipe in pieces, and take the first for the picture.
      const before = ['-f', 'webp_pipe', '-frame_size', String(bytes.length)];
      const { stdout } = await ffmpegOnBytes(bytes, { before, after }, { signal });
      if (stdout.length !== fitted.width * fitted.height * 3) throw damaged(input.file, NOTHING_READ);
      return { ...fitted, data: stdout };
    },
  };
}

function turned(video: VideoStream): VideoStream {
  const { width, height, frameWidth, frameHeight } = video;
  return { ...video, width: height, height: width, frameWidth: frameHeight, frameHeight: frameWidth };
}

async function readUpright(
  input: MediaInput,
  video: VideoStream,
  { orientation, maxEdge, signal }: PictureOptions & { orientation: number },
): Promise<RgbImage> {
  const size = fitInto({ width: video.frameWidth, height: video.frameHeight }, maxEdge);
  const filters = [...uprightFilters(orientation), ...toRgbFilters({ isHdr: false }, size)].join(',');
  // ffmpeg's newer versions turn some formats by themselves, its older ones none.
  const request = { before: ['-noautorotate'], streamIndex: video.streamIndex, filters, size, limit: 1 };
  const [picture] = await readRawFrames(input, request, { signal });
  if (picture === undefined) throw damaged(input.file, NOTHING_READ);
  return picture;
}

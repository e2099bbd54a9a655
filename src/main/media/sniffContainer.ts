/** What a file is by its first bytes, without trusting its name; but for one kind of film, which begins as a picture does. */
import { readRegularPart } from '../ports/regularFile.ts';
import { MOTION_JPEG, typeOfName } from './fileTypes.ts';

export type Container =
  | 'png'
  | 'apng'
  | 'jpeg'
  | 'webp'
  | 'bmp'
  | 'tiff'
  | 'gif'
  | 'mjpeg'
  | 'heif'
  | 'jpeg2000'
  | 'jpegxl'
  | 'exr'
  | 'psd'
  | 'qoi'
  | 'pbm'
  | 'pgm'
  | 'ppm'
  | 'avif'
  | 'mp4'
  | 'matroska'
  | 'riff'
  | 'ogg'
  | 'flac'
  | 'mp3'
  | 'asf'
  | 'flv'
  | 'mpeg'
  | 'mpegts'
  | 'aiff'
  | 'adts';

const HEAD_BYTES = 4096;

/** Pictures that begin with these bytes, in Latin-1. */
const PICTURE_SIGNATURES: readonly (readonly [signature: string, container: Container])[] = [
  ['\0\0\0\x0cjP  ', 'jpeg2000'],
  ['\xff\x4f\xff\x51', 'jpeg2000'],
  ['\0\0\0\x0cJXL ', 'jpegxl'],
  ['\xff\x0a', 'jpegxl'],
  ['\x76\x2f\x31\x01', 'exr'],
  ['8BPS', 'psd'],
  ['qoif', 'qoi'],
];

/** The first 4 KiB, or fewer. */
export function readFileHead(file: string, signal?: AbortSignal): Promise<Uint8Array> {
  return readRegularPart(file, 0, HEAD_BYTES, { signal });
}

/** As {@link sniffContainer}; a film of pictures one behind the other begins as its first picture does. */
export async function containerOf(file: string, signal?: AbortSignal): Promise<Container | null> {
  const container = sniffContainer(await readFileHead(file, signal));
  return container === 'jpeg' && typeOfName(file)?.mime === MOTION_JPEG ? 'mjpeg' : container;
}

/** @returns null when no known signature stands at the start */
export function sniffContainer(head: Uint8Array): Container | null {
  const text = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  const starts = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);

  if (starts(0x89, 0x50, 0x4e, 0x47)) return text(0, head.length).includes('acTL') ? 'apng' : 'png';
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg';
  if (text(0, 4) === 'RIFF' || text(0, 4) === 'RF64') return text(8, 12) === 'WEBP' ? 'webp' : 'riff';
  if (text(0, 2) === 'BM' && head[14] !== undefined && head[14] >= 12 && head[15] === 0) return 'bmp';
  if (starts(0x49, 0x49, 0x2a, 0x00) || starts(0x4d, 0x4d, 0x00, 0x2a)) return 'tiff';
  if (text(0, 4) === 'GIF8') return 'gif';
  if (text(4, 8) === 'ftyp') return isoBrand(text(8, 12));
  if (['moov', 'mdat', 'free', 'skip', 'wide'].includes(text(4, 8))) return 'mp4';
  const picture = PICTURE_SIGNATURES.find(([signature]) => text(0, signature.length) === signature);
  if (picture) return picture[1];
  const plain = plainPicture(text(0, 256));
  if (plain) return plain;
  if (starts(0x1a, 0x45, 0xdf, 0xa3)) return 'matroska';
  if (text(0, 4) === 'OggS') return 'ogg';
  if (text(0, 4) === 'fLaC') return 'flac';
  if (text(0, 4) === 'FORM') return 'aiff';
  if (text(0, 3) === 'FLV') return 'flv';
  if (starts(0x30, 0x26, 0xb2, 0x75)) return 'asf';
  if (starts(0x00, 0x00, 0x01, 0xba) || starts(0x00, 0x00, 0x01, 0xb3)) return 'mpeg';
  if (isTransportStream(head)) return 'mpegts';
  if (text(0, 3) === 'ID3') return 'mp3';
  if (head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0) return 'adts';
  if (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0) return 'mp3';
  return null;
}

/** "P6", a width and a height, with comments between them: a text that begins so goes on otherwise. */
function plainPicture(beginning: string): Container | null {
  const kind = /^P([1-6])(?:\s+#[^\n]*)*\s+\d+(?:\s+#[^\n]*)*\s+\d+\s/.exec(beginning)?.[1];
  return kind === undefined ? null : ((['pbm', 'pgm', 'ppm'] as const)[(Number(kind) - 1) % 3] ?? null);
}

/** Sync bytes at an even distance, wherever they begin: a recording may start in the middle of a packet. */
function isTransportStream(head: Uint8Array): boolean {
  const hasSync = (at: number, length: number) => [0, 1, 2, 3, 4].every((k) => head[at + k * length] === 0x47);
  for (const length of [188, 192, 204]) {
    for (let at = 0; at < length; at++) if (hasSync(at, length)) return true;
  }
  return false;
}

function isoBrand(brand: string): Container {
  if (['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'].includes(brand)) return 'heif';
  if (brand === 'avif' || brand === 'avis') return 'avif';
  return 'mp4';
}

const STILL_PICTURES: ReadonlySet<Container> = new Set([
  ...(['png', 'jpeg', 'webp', 'bmp', 'tiff', 'heif', 'avif'] as const),
  ...(['jpeg2000', 'jpegxl', 'exr', 'psd', 'qoi', 'pbm', 'pgm', 'ppm'] as const),
]);

export function isStillPicture(container: Container | null): boolean {
  return container !== null && STILL_PICTURES.has(container);
}

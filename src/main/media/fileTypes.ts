/**
 * The endings of file names that mean media, one row a type: what scanning takes, what subtitles lie beside, what is
 * served, and what a system is told that Playhead opens, all derive from this table. What a file really is, its
 * content says; a file that is named outright needs no ending of these. Left out on purpose: endings that mostly mean
 * something else (".dat", ".bin", ".m3u"), what no byte tells (".tga", ".h261", ".gsm"), drawings (".svg"), camera
 * raws, and playlists.
 */
import { extname } from 'node:path';

export type FileKind = 'video' | 'audio' | 'image' | 'subtitle';

export interface FileType {
  kind: FileKind;
  /** As registered, or as programs name it where it is not. */
  mime: string;
  /** Lower case, each with its dot. */
  endings: readonly string[];
  /** A text that lies beside a film and that Playhead cannot read. */
  isUnread?: true;
}

const type = (kind: FileKind, mime: string, endings: string): FileType => ({
  kind,
  mime,
  endings: endings.split(' ').map((ending) => `.${ending}`),
});
const unread = (mime: string, endings: string): FileType => ({ ...type('subtitle', mime, endings), isUnread: true });

export const MOTION_JPEG = 'video/x-motion-jpeg';

export const FILE_TYPES: readonly FileType[] = [
  type('video', 'video/mp4', 'mp4 mp4v mpeg4 mqv f4p insv ismv lrv 360'),
  type('video', 'video/x-m4v', 'm4v'),
  type('video', 'video/x-f4v', 'f4v'),
  type('video', 'video/quicktime', 'mov qt'),
  type('video', 'video/3gpp', '3gp 3gpp'),
  type('video', 'video/3gpp2', '3g2 3gp2'),
  type('video', 'video/mj2', 'mj2'),
  type('video', 'video/x-matroska', 'mkv mk3d'),
  type('video', 'video/webm', 'webm'),
  type('video', 'video/ogg', 'ogv ogm ogx'),
  type('video', 'video/x-msvideo', 'avi divx'),
  type('video', 'video/x-ms-asf', 'asf'),
  type('video', 'video/x-ms-wm', 'wm'),
  type('video', 'video/x-ms-wmv', 'wmv xesc'),
  type('video', 'video/x-ms-wtv', 'wtv'),
  type('video', 'video/x-flv', 'flv'),
  type('video', 'video/mpeg', 'mpeg mpg mpe m1v m2p m2v mpv mod tod vdr vro evo'),
  type('video', 'video/x-ms-vob', 'vob'),
  type('video', 'video/mp2t', 'ts mts m2ts m2t tp trp rec'),
  type('video', 'video/h264', '264 h264 avc'),
  type('video', 'video/h265', '265 h265 hevc'),
  type('video', 'video/av1', 'av1 obu'),
  type('video', 'video/vc1', 'vc1'),
  type('video', 'video/x-ivf', 'ivf'),
  type('video', 'video/dv', 'dv'),
  type('video', 'video/x-yuv4mpeg', 'y4m'),
  type('video', MOTION_JPEG, 'mjpeg mjpg'),
  type('video', 'video/x-amv', 'amv'),
  type('video', 'video/x-bink', 'bik'),
  type('video', 'video/x-smacker', 'smk'),
  type('video', 'video/x-fli', 'fli flc'),
  type('video', 'video/x-id-roq', 'roq'),
  type('video', 'video/x-sgi-movie', 'movie'),
  type('video', 'video/x-ifv', 'ifv'),
  type('video', 'video/x-nsv', 'nsv'),
  type('video', 'video/x-nut', 'nut'),
  type('video', 'video/x-nuv', 'nuv'),
  type('video', 'application/gxf', 'gxf'),
  type('video', 'application/mxf', 'mxf'),
  type('video', 'application/vnd.rn-realmedia', 'rm rmvb'),
  type('video', 'application/vnd.adobe.flash.movie', 'swf'),

  type('audio', 'audio/mpeg', 'mp3 mp2 mp1 m2a m3a mpa mpga'),
  type('audio', 'audio/mp4', 'm4a m4b m4r f4a f4b alac'),
  type('audio', 'audio/aac', 'aac adts'),
  type('audio', 'audio/ac3', 'ac3'),
  type('audio', 'audio/eac3', 'eac3 ec3'),
  type('audio', 'audio/vnd.dts', 'dts'),
  type('audio', 'audio/vnd.dts.hd', 'dtshd'),
  type('audio', 'audio/vnd.dolby.mlp', 'mlp thd'),
  type('audio', 'audio/wav', 'wav wave rf64 w64'),
  type('audio', 'audio/x-flac', 'flac'),
  type('audio', 'audio/ogg', 'ogg oga opus spx'),
  type('audio', 'audio/webm', 'weba'),
  type('audio', 'audio/x-matroska', 'mka'),
  type('audio', 'audio/x-aiff', 'aif aifc aiff'),
  type('audio', 'audio/x-caf', 'caf'),
  type('audio', 'audio/basic', 'au snd'),
  type('audio', 'audio/amr', 'amr'),
  type('audio', 'audio/amr-wb', 'awb'),
  type('audio', 'audio/x-ms-wma', 'wma'),
  type('audio', 'audio/x-pn-realaudio', 'ra'),
  type('audio', 'audio/x-ape', 'ape'),
  type('audio', 'audio/x-wavpack', 'wv'),
  type('audio', 'audio/x-tta', 'tta'),
  type('audio', 'audio/x-tak', 'tak'),
  type('audio', 'audio/x-musepack', 'mpc'),
  type('audio', 'audio/x-dsd', 'dsf dff'),
  type('audio', 'audio/x-atrac', 'aa3 oma omg'),
  type('audio', 'audio/x-voc', 'voc'),
  type('audio', 'audio/x-twinvq', 'vqf'),

  type('image', 'image/jpeg', 'jpg jpeg jpe jfi jfif jif mpo'),
  type('image', 'image/png', 'png'),
  type('image', 'image/apng', 'apng'),
  type('image', 'image/gif', 'gif'),
  type('image', 'image/webp', 'webp'),
  type('image', 'image/avif', 'avif avifs'),
  type('image', 'image/heic', 'heic hif'),
  type('image', 'image/heic-sequence', 'heics'),
  type('image', 'image/heif', 'heif'),
  type('image', 'image/heif-sequence', 'heifs'),
  type('image', 'image/jxl', 'jxl'),
  type('image', 'image/jp2', 'jp2 j2k'),
  type('image', 'image/tiff', 'tif tiff'),
  type('image', 'image/bmp', 'bmp dib'),
  type('image', 'image/aces', 'exr'),
  type('image', 'image/vnd.adobe.photoshop', 'psd'),
  type('image', 'image/qoi', 'qoi'),
  type('image', 'image/x-portable-bitmap', 'pbm'),
  type('image', 'image/x-portable-graymap', 'pgm'),
  type('image', 'image/x-portable-pixmap', 'ppm'),
  type('image', 'image/x-portable-anymap', 'pnm'),

  type('subtitle', 'application/x-subrip', 'srt'),
  type('subtitle', 'text/vtt', 'vtt'),
  type('subtitle', 'text/x-ssa', 'ass ssa'),
  type('subtitle', 'text/x-subviewer', 'sbv sub'),
  type('subtitle', 'application/x-sami', 'smi sami'),
  type('subtitle', 'application/ttml+xml', 'ttml dfxp itt'),
  type('subtitle', 'text/x-mpsub', 'mpl'),
  type('subtitle', 'text/x-lrc', 'lrc'),
  unread('text/plain', 'scc stl usf cap pjs rt'),
  unread('application/octet-stream', 'idx sup'),
];

const byEnding = new Map(FILE_TYPES.flatMap((row) => row.endings.map((ending) => [ending, row] as const)));

/** What a file's name promises; null for an ending that is none of these. */
export function typeOfName(path: string): FileType | null {
  return byEnding.get(extname(path).toLowerCase()) ?? null;
}

/** The endings of these kinds. */
export function endingsOf(...kinds: FileKind[]): ReadonlySet<string> {
  return new Set(FILE_TYPES.filter(({ kind }) => kinds.includes(kind)).flatMap(({ endings }) => endings));
}

export function isMediaName(path: string): boolean {
  const named = typeOfName(path);
  return named !== null && named.kind !== 'subtitle';
}

/** How a library's file is served: what is no picture, video or sound is only ever bytes to a browser, never a page. */
export function contentTypeOf(path: string): string {
  const { mime = '' } = typeOfName(path) ?? {};
  return /^(video|audio|image)\//.test(mime) ? mime : 'application/octet-stream';
}

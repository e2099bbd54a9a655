/**
 * The endings of file names that are taken for media when a folder is looked through; what such a file really is,
 * its content says. A file that is named outright needs none of them. Left out on purpose: endings that mostly mean
 * something else (".dat", ".bin", ".m3u"), what no byte tells (".tga", ".h261", ".gsm"), drawings (".svg"), camera raws, and playlists.
 */

const VIDEO =
  '264 265 3g2 3gp 3gp2 3gpp amv asf av1 avc avi bik divx dv evo f4p f4v flc fli flv gxf h264 h265 hevc ' +
  'ifv insv ismv ivf lrv m1v m2p m2t m2ts m2v m4v mj2 mjpeg mjpg mk3d mkv mod mov movie mp4 mp4v mpe mpeg mpeg4 mpg ' +
  'mpv mqv mts mxf nsv nut nuv obu ogm ogv ogx qt rec rm rmvb roq smk swf tod tp trp ts vc1 vdr vob vro webm wm ' +
  'wmv wtv xesc y4m 360';
const SOUND =
  'aa3 aac ac3 adts aif aifc aiff alac amr ape au awb caf dff dsf dts dtshd eac3 ec3 f4a f4b flac m2a m3a m4a m4b ' +
  'm4r mka mlp mp1 mp2 mp3 mpa mpc mpga oga ogg oma omg opus ra rf64 snd spx tak thd tta voc vqf w64 wav wave ' +
  'weba wma wv';
const PICTURE =
  'apng avif avifs bmp dib exr gif heic heics heif heifs hif j2k jfi jfif jif jp2 jpe jpeg jpg jxl mpo pbm pgm png ' +
  'pnm ppm psd qoi tif tiff webp';

function toSet(...lists: string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(' ')).map((ending) => `.${ending}`));
}

/** Lower case, each with its dot. */
export const MEDIA_EXTENSIONS = toSet(VIDEO, SOUND, PICTURE);
export const VIDEO_EXTENSIONS = toSet(VIDEO);
export const PICTURE_EXTENSIONS = toSet(PICTURE);

/** Films whose frames show their own number, so that pixels say which frame is shown. */
import { ffmpeg } from './media.ts';

const BITS = 8;
/** Frames per second. */
export const RATE = 25;
const SECONDS = 4;

/** Columns from the left are the frame's number in binary, the highest bit first: white for 1, black for 0. */
const numbered = `nullsrc=size=${BITS * 32}x128:rate=${RATE}:duration=${SECONDS},geq=lum='if(mod(floor(N/pow(2,${BITS - 1}-floor(X/32))),2),235,16)':cb=128:cr=128`;
export const sound = ['-f', 'lavfi', '-i', `sine=440:duration=${SECONDS}`];

/** The pictures without loss, made once: the films below are made of them. */
export async function makeNumbered(file: string): Promise<void> {
  await ffmpeg('-f', 'lavfi', '-i', numbered, '-c:v', 'ffv1', '-pix_fmt', 'yuv420p', file);
}

const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none'];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];

/** By file name: how ffmpeg makes it. @param base what `makeNumbered` wrote */
export function filmsOf(base: string): Record<string, string[]> {
  const picture = ['-i', base];
  const film = (...codec: string[]) => [...picture, ...sound, '-c:a', 'aac', '-pix_fmt', 'yuv420p', ...codec];
  return {
    'h264.mp4': film(...h264),
    'hevc.mp4': film(...hevc),
    'hevc ten bit.mkv': film(...hevc, '-pix_fmt', 'yuv420p10le'),
    'prores.mov': film('-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le', '-c:a', 'pcm_s16le'),
    'dnxhd.mov': film('-c:v', 'dnxhd', '-profile:v', 'dnxhr_lb', '-pix_fmt', 'yuv422p', '-c:a', 'pcm_s16le'),
    'mpeg2.ts': film('-c:v', 'mpeg2video', '-q:v', '2', '-c:a', 'mp2'),
    'mpeg4.avi': film('-c:v', 'mpeg4', '-q:v', '2', '-c:a', 'mp3'),
    'vp9.webm': film('-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus'),
    'av1.mkv': film('-c:v', 'libaom-av1', '-cpu-used', '8', '-usage', 'realtime', '-c:a', 'libopus'),
    'h264 with ac3.mkv': film(...h264, '-c:a', 'ac3'),
    'hevc from 30 s.mkv': film(...hevc, '-output_ts_offset', '30'),
    'animation.gif': [...picture, '-c:v', 'gif'],
    'interlaced.mkv': film(...h264, '-flags', '+ilme+ildct', '-x264opts', 'tff=1'),
    'anamorphic.mkv': film(...hevc, '-vf', 'setsar=4/3'),
    'hdr.mkv': film(
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le'],
      ...['-x265-params', 'log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc'],
    ),
    'two sounds.mkv': [
      ...[...picture, ...sound, '-f', 'lavfi', '-i', `sine=880:duration=${SECONDS}`],
      ...['-map', '0', '-map', '1', '-map', '2', '-c:v', 'mpeg4', '-q:v', '2', '-c:a', 'ac3'],
      ...['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=fra'],
    ],
  };
}

/** The number that a row of pixels shows. @param gray one value, 0 to 255, for each column */
export function numberOf(gray: ArrayLike<number>): number {
  return Array.from(gray).reduce((number, value) => number * 2 + (value > 127 ? 1 : 0), 0);
}

export const COLUMNS = BITS;

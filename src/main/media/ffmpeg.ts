/** ffmpeg and ffprobe as the rest of this room calls them: found, with safe inputs, on one file. */

import { lineSplitter } from './lineSplitter.ts';
import { requireTool } from './locateFfmpeg.ts';
import type { MediaInput } from './mediaInput.ts';
import type { RunOptions, RunResult } from './runFfmpeg.ts';
import { runTool } from './runFfmpeg.ts';
import { type Container, containerOf } from './sniffContainer.ts';

/**
 * The only demuxers that may read a person's file. What is missing matters: concat, hls, dash, image2 (name
 * patterns), lavfi and sdp would let a file's content or name reach other files or the network; tty and the raw
 * formats take any text or noise for a video.
 */
const DEMUXERS = [
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,asf,flv,live_flv,mpeg,mpegts,mpegvideo,m4v,h264,hevc,av1,obu,ivf,vc1',
  'ogg,wav,w64,aiff,au,caf,mp3,aac,ac3,eac3,dts,flac,ape,wv,tta,amr,amrnb,amrwb,opus,truehd,mlp,tak',
  'mxf,gxf,nut,rm,dv,swf,y4m,yuv4mpegpipe,gif,apng,wtv,nsv,nuv,bink,smk,roq,flic,vqf,mpc,mpc8,dsf,iff,voc,oma',
  'png_pipe,jpeg_pipe,jpegls_pipe,webp_pipe,bmp_pipe,tiff_pipe,jpegxl_pipe,jpegxl_anim',
  'qoi_pipe,psd_pipe,pbm_pipe,pgm_pipe,ppm_pipe,j2k_pipe,exr_pipe',
].join(',');

/** Raw pictures are read as such only where a file's name and beginning both say so. */
const demuxersWith = (named: string | undefined) => (named === 'mjpeg' ? `${DEMUXERS},mjpeg` : DEMUXERS);

/**
 * What ffmpeg must not guess. Left to itself, it reads "a%d.png" as a pattern of names, and a transport stream that
 * begins in the middle of a packet as raw H.264.
 */
const NAMED_DEMUXERS: Partial<Record<Container, string>> = {
  png: 'png_pipe',
  apng: 'apng',
  jpeg: 'jpeg_pipe',
  webp: 'webp_pipe',
  bmp: 'bmp_pipe',
  tiff: 'tiff_pipe',
  jpeg2000: 'j2k_pipe',
  jpegxl: 'jpegxl_pipe',
  exr: 'exr_pipe',
  psd: 'psd_pipe',
  qoi: 'qoi_pipe',
  pbm: 'pbm_pipe',
  pgm: 'pgm_pipe',
  ppm: 'ppm_pipe',
  gif: 'gif',
  mjpeg: 'mjpeg',
  mpegts: 'mpegts',
};

/** A file as its first bytes tell it. */
export function inputOf(file: string, container: Container | null): MediaInput {
  const demuxer = container === null ? undefined : NAMED_DEMUXERS[container];
  return { file, ...(demuxer === undefined ? {} : { demuxer }) };
}

/**
 * The arguments that open a file and nothing else, whatever its name says ("-i", "concat:a|b", "x%d.png").
 * @param before options for this input, such as `-ss`
 */
export async function inputArguments(input: string | MediaInput, before: readonly string[] = []): Promise<string[]> {
  const { file, demuxer, bytes } = typeof input === 'string' ? inputOf(input, await containerOf(input)) : input;
  const url = bytes ? `subfile,,start,${bytes.start},end,${bytes.end},,:file:${file}` : `file:${file}`;
  const protocols = ['-protocol_whitelist', bytes ? 'file,pipe,subfile' : 'file,pipe'];
  return [
    ...protocols,
    '-format_whitelist',
    demuxersWith(demuxer),
    ...(demuxer === undefined ? [] : ['-f', demuxer]),
    ...before,
    '-i',
    url,
  ];
}

/** ffmpeg on one file; what it writes goes to its standard output. Errors as in {@link runTool}. */
export async function ffmpeg(
  input: string | MediaInput,
  args: { before?: readonly string[]; after: readonly string[]; logLevel?: 'error' | 'warning' },
  options: RunOptions = {},
): Promise<RunResult> {
  const tool = await requireTool('ffmpeg');
  const opening = await inputArguments(input, args.before);
  const all = ['-hide_banner', '-nostdin', '-v', args.logLevel ?? 'error', ...opening, ...args.after, 'pipe:1'];
  return runTool(tool.path, all, { file: nameOf(input), ...options });
}

/** ffmpeg on bytes that are at hand. */
export async function ffmpegOnBytes(
  input: Uint8Array,
  args: { before: readonly string[]; after: readonly string[] },
  options: RunOptions = {},
): Promise<RunResult> {
  const tool = await requireTool('ffmpeg');
  const all = ['-hide_banner', '-v', 'error', ...args.before, '-i', 'pipe:0', ...args.after, 'pipe:1'];
  return runTool(tool.path, all, { ...options, input });
}

/** ffprobe on one file, its answer line by line, so that a long one is never held whole. */
export async function ffprobeLines(
  input: MediaInput,
  args: readonly string[],
  onLine: (line: string) => void,
  options: RunOptions = {},
): Promise<void> {
  const tool = await requireTool('ffprobe');
  const all = ['-hide_banner', '-v', 'error', ...args, ...(await inputArguments(input))];
  const lines = lineSplitter(onLine);
  await runTool(tool.path, all, { file: input.file, ...options, onOutput: lines.push });
  lines.end();
}

function nameOf(input: string | MediaInput): string {
  return typeof input === 'string' ? input : input.file;
}

/** Every decoded frame exactly once, none repeated or dropped to keep a rate. */
export async function passFramesThrough(): Promise<string[]> {
  const { modern } = await requireTool('ffmpeg');
  return modern ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'];
}

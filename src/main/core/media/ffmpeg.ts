/** ffmpeg and ffprobe as the rest of this room calls them: found, with safe inputs, on one file. */

import { requireTool } from './locateFfmpeg.ts';
import type { RunOptions, RunResult } from './runFfmpeg.ts';
import { runTool } from './runFfmpeg.ts';
import { readFileHead, sniffContainer } from './sniffContainer.ts';

/**
 * The only demuxers that may read a person's file. What is missing matters: concat, hls, dash, image2 (name
 * patterns), lavfi and sdp would let a file's content or name reach other files or the network; tty and the raw
 * formats take any text or noise for a video.
 */
const DEMUXERS = [
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,asf,flv,live_flv,mpeg,mpegts,mpegvideo,m4v,h264,hevc,av1,obu,ivf,vc1',
  'ogg,wav,w64,aiff,au,caf,mp3,aac,ac3,eac3,dts,flac,ape,wv,tta,amr,amrnb,amrwb,opus,truehd,mlp,tak',
  'mxf,gxf,nut,rm,dv,swf,y4m,yuv4mpegpipe,gif,apng,wtv,nsv,nuv,bink,smk,roq,vqf,mpc,mpc8',
  'png_pipe,jpeg_pipe,jpegls_pipe,webp_pipe,bmp_pipe,tiff_pipe,jpegxl_pipe,jpegxl_anim,qoi_pipe,psd_pipe,pgm_pipe,ppm_pipe',
].join(',');

const INPUT_SAFETY = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', DEMUXERS];

/** Still pictures are named to ffmpeg: left to guess, it reads "a%d.png" as a pattern of names. */
const PICTURE_DEMUXERS: Partial<Record<string, string>> = {
  png: 'png_pipe',
  jpeg: 'jpeg_pipe',
  webp: 'webp_pipe',
  bmp: 'bmp_pipe',
  tiff: 'tiff_pipe',
  gif: 'gif',
};

/**
 * The arguments that open `file` and nothing else, whatever its name says ("-i", "concat:a|b", "x%d.png").
 * @param before options for this input, such as `-ss`
 */
export async function inputArguments(file: string, before: readonly string[] = []): Promise<string[]> {
  const picture = PICTURE_DEMUXERS[sniffContainer(await readFileHead(file)) ?? ''];
  const demuxer = picture === undefined ? [] : ['-f', picture];
  return [...INPUT_SAFETY, ...demuxer, ...before, '-i', `file:${file}`];
}

/** ffmpeg on one file; what it writes goes to its standard output. Errors as in {@link runTool}. */
export async function ffmpeg(
  file: string,
  args: { before?: readonly string[]; after: readonly string[] },
  options: RunOptions = {},
): Promise<RunResult> {
  const tool = await requireTool('ffmpeg');
  const input = await inputArguments(file, args.before);
  const all = ['-hide_banner', '-nostdin', '-v', 'error', ...input, ...args.after, 'pipe:1'];
  return runTool(tool.path, all, { file, ...options });
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

/** ffprobe on one file, its answer as text. */
export async function ffprobe(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const tool = await requireTool('ffprobe');
  const all = ['-hide_banner', '-v', 'error', ...args, ...(await inputArguments(file))];
  const { stdout } = await runTool(tool.path, all, { file, ...options });
  return Buffer.from(stdout).toString('utf8');
}

/** Every decoded frame exactly once, none repeated or dropped to keep a rate. */
export async function passFramesThrough(): Promise<string[]> {
  const { modern } = await requireTool('ffmpeg');
  return modern ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'];
}

/**
 * Subtitle tracks inside a file. Their bytes are copied as they are and decoded by us, since ffmpeg drops every cue
 * that is not UTF-8; all tracks are taken in one pass, since each pass reads the whole file.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toErrorInfo } from '../../../contract/index.ts';
import { inputArguments } from '../ffmpeg.ts';
import { requireTool } from '../locateFfmpeg.ts';
import type { SubtitleStream } from '../mediaTypes.ts';
import { runTool } from '../runFfmpeg.ts';
import { LARGEST_SUBTITLE_FILE, readBoundedFile } from './readBoundedFile.ts';

interface Extraction {
  /** ffmpeg's muxer. */
  format: string;
  /** "copy", or the codec that ffmpeg converts to where a track's bytes alone are no file. */
  codec: string;
  extension: string;
}

const CONVERTED: Extraction = { format: 'srt', codec: 'srt', extension: '.srt' };
const EXTRACTIONS: Record<string, Extraction> = {
  subrip: { format: 'srt', codec: 'copy', extension: '.srt' },
  srt: { format: 'srt', codec: 'copy', extension: '.srt' },
  text: { format: 'srt', codec: 'copy', extension: '.srt' },
  ass: { format: 'ass', codec: 'copy', extension: '.ass' },
  ssa: { format: 'ass', codec: 'copy', extension: '.ass' },
  webvtt: { format: 'webvtt', codec: 'copy', extension: '.vtt' },
  ttml: { format: 'data', codec: 'copy', extension: '.ttml' },
};

/** Tracks that are pictures of words, or that ffmpeg has no words for, and what people call them. */
export const PICTURE_TRACKS: Record<string, string> = {
  hdmv_pgs_subtitle: 'Blu-ray, PGS',
  dvd_subtitle: 'DVD, VobSub',
  dvb_subtitle: 'television, DVB',
  xsub: 'DivX, XSUB',
};

export interface TrackBytes {
  stream: SubtitleStream;
  extension: string;
  /** An error in place of bytes says why there are none. */
  bytes: Uint8Array | Error;
  /** ffmpeg's complaints. */
  warnings: string;
}

/** @throws PlayheadError `cancelled`, `ffmpeg-missing`, `time-limit`; what is wrong with one track stands in its place */
export async function readEmbeddedTracks(
  file: string,
  streams: readonly SubtitleStream[],
  options: { signal?: AbortSignal },
): Promise<TrackBytes[]> {
  if (streams.length === 0) return [];
  try {
    return await extract(file, streams, options);
  } catch (error) {
    if (toErrorInfo(error).code !== 'ffmpeg-failed') throw error;
    const [only] = streams;
    if (only !== undefined && streams.length === 1) return [failed(only, error)];
  }
  const each: TrackBytes[] = []; // one track spoils the pass for all: each for itself then
  for (const stream of streams) each.push(...(await readEmbeddedTracks(file, [stream], options)));
  return each;
}

async function extract(
  file: string,
  streams: readonly SubtitleStream[],
  options: { signal?: AbortSignal },
): Promise<TrackBytes[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'playhead-subtitles-'));
  try {
    const outputs = streams.map((stream) => {
      const way = EXTRACTIONS[stream.codec] ?? CONVERTED;
      return { stream, extension: way.extension, way, target: path.join(folder, `${stream.streamIndex}`) };
    });
    const after = outputs.flatMap(({ stream, way, target }) => [
      ...['-map', `0:${stream.streamIndex}`, '-c:s', way.codec, '-c:d', 'copy'],
      ...['-fs', `${LARGEST_SUBTITLE_FILE}`, '-f', way.format, `file:${target}`],
    ]);
    const { path: binary } = await requireTool('ffmpeg');
    const args = ['-hide_banner', '-nostdin', '-y', '-v', 'error', ...(await inputArguments(file)), ...after];
    const { stderr } = await runTool(binary, args, { file, timeLimitSec: 1800, ...options });
    return await Promise.all(
      outputs.map(async ({ stream, extension, target }) => {
        const bytes = await readBoundedFile(target).catch((error: Error) => error);
        return { stream, extension, bytes, warnings: stderr };
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function failed(stream: SubtitleStream, error: unknown): TrackBytes {
  return { stream, extension: '', bytes: new Error(toErrorInfo(error).message), warnings: '' };
}

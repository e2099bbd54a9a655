import type { Segment } from '../../../contract/index.ts';
import { PlayheadError } from '../../../contract/index.ts';
import { ffmpeg } from './ffmpeg.ts';
import { readStreams } from './readStreams.ts';

export interface WaveformOptions {
  /** Seconds; left out, the whole track. */
  segment?: Segment;
  /** Hz; default 16,000. */
  sampleRate?: number;
  /** `first`: the first channel (the reference on sound files); `mix`: the mean of all channels. */
  channel: 'first' | 'mix';
  signal?: AbortSignal;
}

const DEFAULT_RATE = 16_000;

/**
 * The sound of a file or of a stretch of it, resampled.
 * A stretch behind the end gives no samples; a track that begins late is filled with silence up to its beginning.
 * @returns mono samples, -1..1 (lossy codecs may go a little beyond)
 * @throws PlayheadError `no-audio` when there is no sound track, and the failures of reading a file
 */
export async function decodeWaveform(path: string, options: WaveformOptions): Promise<Float32Array> {
  const { signal, segment, sampleRate = DEFAULT_RATE } = options;
  const { audio, durationSec } = await readStreams(path, signal ? { signal } : {});
  if (audio === null) {
    throw new PlayheadError({
      code: 'no-audio',
      message: 'The file has no sound track.',
      file: path,
      hint: 'Ask about its pictures instead.',
    });
  }
  const { before, filters } = cut(segment);
  const channels = options.channel === 'first' ? 1 : audio.channels;
  const chain = [...filters, `aresample=${sampleRate}`, 'aformat=sample_fmts=flt', meanOfChannels(channels)];
  const after = ['-map', '0:a:0', '-vn', '-sn', '-dn', '-af', chain.join(','), '-f', 'f32le', '-c:a', 'pcm_f32le'];
  const limits = { timeLimitSec: 120 + (durationSec ?? 0), ...(signal ? { signal } : {}) };
  const { stdout } = await ffmpeg(path, { before, after }, limits);
  return new Float32Array(stdout.buffer, 0, Math.floor(stdout.byteLength / 4));
}

/** `first_pts=0` puts the first sample at the beginning of the stretch, `async=1` fills holes with silence. */
function cut(segment: Segment | undefined): { before: string[]; filters: string[] } {
  const align = 'aresample=async=1:first_pts=0';
  if (segment === undefined) return { before: [], filters: [align] };
  const length = Math.max(0, segment.endSec - segment.startSec);
  const before = ['-ss', segment.startSec.toFixed(6), '-t', length.toFixed(6)];
  return { before, filters: [align] };
}

/** The same weights on every version of ffmpeg, whose own downmix differs and may clip. */
function meanOfChannels(channels: number): string {
  const terms = Array.from({ length: channels }, (_, i) => `${(1 / channels).toFixed(9)}*c${i}`);
  return `pan=mono|c0=${terms.join('+')}`;
}

import type { Segment } from '../../../contract/index.ts';

export interface WaveformOptions {
  segment?: Segment;
  /** Hz. */
  sampleRate?: number;
  /** `first`: the first channel (the reference on sound files); `mix`: all channels (its videos). */
  channel: 'first' | 'mix';
  signal?: AbortSignal;
}

export async function decodeWaveform(_path: string, _options: WaveformOptions): Promise<Float32Array> {
  throw new Error('not yet');
}

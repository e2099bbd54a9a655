import type { Segment } from '../../contract/index.ts';
import { PlayheadError } from '../../contract/index.ts';
import { ffmpeg } from './ffmpeg.ts';
import type { Source } from './openSource.ts';
import type { Part } from './parts.ts';
import type { AudioStream } from './readStreams.ts';

export interface WaveformOptions {
  /** Seconds; left out, the whole track. */
  segment?: Segment;
  /** Hz; default 16,000. */
  sampleRate?: number;
  /** `first`: the first channel (the reference on sound files); `mix`: the mean of all channels. */
  channel: 'first' | 'mix';
  signal?: AbortSignal | undefined;
}

const DEFAULT_RATE = 16_000;
const BYTES_PER_SAMPLE = 4;
/** Seconds; what two tracks of one recording may differ in their beginnings by the padding of a codec. */
const NOTICEABLE = 0.1;
/** Bytes of silence that are handed on at once. */
const SILENCE = 2 ** 20;
/** Bytes: nine hours at 16 kHz. What is longer is asked for in stretches. */
const LARGEST_WAVEFORM = 2 ** 31 - 1;

/**
 * The sound of a file or of a stretch of it, resampled.
 * A stretch behind the end gives no samples; a track that begins late is filled with silence up to its beginning.
 * @returns mono samples, -1..1 (lossy codecs may go a little beyond)
 * @throws PlayheadError `no-audio` when there is no sound track, and the failures of reading a file
 */
export async function decodeWaveform(source: Source, options: WaveformOptions): Promise<Float32Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  await passWaveform(source, options, (chunk) => {
    bytes += chunk.length;
    if (bytes > LARGEST_WAVEFORM) throw tooLong(source.path);
    chunks.push(chunk);
  });
  const joined = new Uint8Array(bytes - (bytes % BYTES_PER_SAMPLE));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk.subarray(0, joined.length - at), at);
    at += chunk.length;
  }
  return new Float32Array(joined.buffer);
}

/** Hands the sound on as it comes: bytes of 32-bit floats, little-endian, cut anywhere. @throws as above */
export async function passWaveform(
  source: Source,
  options: WaveformOptions,
  onBytes: (chunk: Uint8Array) => void,
): Promise<void> {
  const { audio } = source.streams;
  if (audio === null) {
    throw new PlayheadError({
      code: 'no-audio',
      message: 'The file has no sound track.',
      file: source.path,
      hint: 'Ask about its pictures instead.',
    });
  }
  for (const { part, segment } of stretches(source.parts, options.segment)) {
    const next = source.parts[source.parts.indexOf(part) + 1];
    if (next === undefined) await passPart(part, audio, { ...options, segment }, onBytes);
    else await passWholeStretch(part, audio, { ...options, segment }, onBytes);
  }
}

/** Which parts a stretch of the file touches, and what of each: in seconds from the part's own beginning. */
function stretches(
  parts: readonly Part[],
  segment: Segment | undefined,
): { part: Part; segment: Segment | undefined }[] {
  if (segment === undefined && parts.length === 1) return parts.map((part) => ({ part, segment }));
  return parts.flatMap((part, i) => {
    const isLast = i === parts.length - 1; // nothing is known to lie behind it: the decoder will tell
    const startSec = Math.max(0, (segment?.startSec ?? 0) - part.atSec);
    const endSec = (segment?.endSec ?? part.atSec + part.lengthSec) - part.atSec;
    const within = { startSec, endSec: isLast ? endSec : Math.min(endSec, part.lengthSec) };
    return within.endSec > startSec || parts.length === 1 ? [{ part, segment: within }] : [];
  });
}

async function passPart(
  part: Part,
  chosen: AudioStream,
  options: WaveformOptions,
  onBytes: (chunk: Uint8Array) => void,
): Promise<void> {
  const { signal, segment, sampleRate = DEFAULT_RATE } = options;
  const audio = part.streams.audio ?? chosen;
  const channels = options.channel === 'first' ? 1 : audio.channels;
  // `first_pts=0` puts the first sample at the beginning of the stretch, `async=1` fills holes with silence.
  const align = 'aresample=async=1:first_pts=0';
  const chain = [align, `aresample=${sampleRate}`, 'aformat=sample_fmts=flt', meanOfChannels(channels)];
  const track = ['-map', `0:${audio.streamIndex}`, '-vn', '-sn', '-dn'];
  const after = [...track, '-af', chain.join(','), '-f', 'f32le', '-c:a', 'pcm_f32le'];
  await ffmpeg(
    part.input,
    { before: seek(part, segment), after },
    {
      timeLimitSec: 120 + part.lengthSec,
      signal,
      maxOutputBytes: Number.POSITIVE_INFINITY, // whoever takes it says how much is too much
      onOutput: onBytes,
    },
  );
}

/** ffmpeg counts from the first timestamp of any track, this file's clock from the first of the chosen ones. */
function seek({ originSec, streams }: Part, segment: Segment | undefined): string[] {
  const ahead = originSec - streams.seekOriginSec;
  const length = segment && Math.max(0, segment.endSec - segment.startSec);
  if (segment === undefined) return ahead > NOTICEABLE ? ['-ss', ahead.toFixed(6)] : [];
  const startSec = segment.startSec + (Math.abs(ahead) > NOTICEABLE ? ahead : 0);
  return ['-ss', Math.max(0, startSec).toFixed(6), '-t', (length ?? 0).toFixed(6)];
}

/** With as many samples as the stretch is long, so that what follows begins where it should. */
async function passWholeStretch(
  part: Part,
  chosen: AudioStream,
  options: WaveformOptions,
  onBytes: (chunk: Uint8Array) => void,
): Promise<void> {
  const { segment, sampleRate = DEFAULT_RATE } = options;
  const lengthSec = segment ? segment.endSec - segment.startSec : part.lengthSec;
  let left = Math.round(lengthSec * sampleRate) * BYTES_PER_SAMPLE;
  const hand = (chunk: Uint8Array) => {
    if (left > 0) onBytes(chunk.subarray(0, left));
    left = Math.max(0, left - chunk.length);
  };
  if (part.streams.audio !== null) await passPart(part, chosen, options, hand);
  while (left > 0) hand(new Uint8Array(Math.min(left, SILENCE)));
}

/** The same weights on every version of ffmpeg, whose own downmix differs and may clip. */
function meanOfChannels(channels: number): string {
  const terms = Array.from({ length: channels }, (_, i) => `${(1 / channels).toFixed(9)}*c${i}`);
  return `pan=mono|c0=${terms.join('+')}`;
}

function tooLong(file: string): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: 'The sound is too long to be read at once.',
    hint: 'Try a shorter stretch.',
    file,
  });
}

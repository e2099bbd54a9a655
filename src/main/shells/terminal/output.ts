/** What the terminal shows: results on stdout; progress, notices and figures on stderr. */
import cliProgress from 'cli-progress';
import { type ErrorInfo, formatError, type Provenance, type Segment } from '../../../contract/index.ts';

/** "1:02:03.5", "0:04.0" */
export function formatTime(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const hours = Math.floor(tenths / 36_000);
  const minutes = Math.floor((tenths % 36_000) / 600);
  const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

export function formatRange({ startSec, endSec }: Segment): string {
  return `${formatTime(startSec)}–${formatTime(endSec)}`;
}

/** "sample-av on cpu, video + sound, 8 frames, 4.0 s of sound, 120 + 9 tokens; vision 0.05 s, …" */
export function formatProvenance(provenance: Provenance): string {
  const senses = { video: 'picture', audio: 'sound', av: 'picture and sound' }[provenance.modality];
  const parts = [
    `${provenance.model} on ${provenance.provider}`,
    senses,
    provenance.frames > 0 ? `${provenance.frames} frames` : '',
    provenance.audioSeconds > 0 ? `${provenance.audioSeconds.toFixed(1)} s of sound` : '',
    `${provenance.promptTokens} + ${provenance.newTokens} tokens`,
    provenance.domain ? `in-domain score ${provenance.domain.score.toFixed(2)}` : '',
  ].filter(Boolean);
  const timings = provenance.timings.map(({ stage, seconds }) => `${stage} ${seconds.toFixed(2)} s`);
  return `${parts.join(', ')}; ${timings.join(', ')}`;
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function print(text = ''): void {
  process.stdout.write(`${text}\n`);
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function printError(error: ErrorInfo): void {
  note(`playhead: ${formatError(error)}`);
}

export interface ProgressBar {
  update(fraction: number, text: string): void;
  stop(): void;
}

/** A bar on a terminal; nothing where stderr goes to a file or the output is JSON. */
export function progressBar(isQuiet: boolean): ProgressBar {
  if (isQuiet || !process.stderr.isTTY) return { update: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar(
    { format: ' {bar} {percentage}% {text}', hideCursor: true, clearOnComplete: true, stream: process.stderr },
    cliProgress.Presets.shades_classic,
  );
  bar.start(1, 0, { text: '' });
  return { update: (fraction, text) => bar.update(fraction, { text }), stop: () => bar.stop() };
}

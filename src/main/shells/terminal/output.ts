/** What the terminal shows: results on stdout; progress, notices and figures on stderr. */
import cliProgress from 'cli-progress';
import {
  clock,
  type ErrorInfo,
  formatError,
  type Provenance,
  type Segment,
  sensesInWords,
} from '../../../contract/index.ts';

/** "1:02:03.5", "0:04.0" */
export const formatTime = (seconds: number): string => clock(seconds, 1);

export function formatRange({ startSec, endSec }: Segment): string {
  return `${formatTime(startSec)}–${formatTime(endSec)}`;
}

/** "sample-av on cpu, video + sound, 8 frames, 4.0 s of sound, 120 + 9 tokens; vision 0.05 s, …" */
export function formatProvenance(provenance: Provenance): string {
  const parts = [
    `${provenance.model} on ${provenance.provider}`,
    sensesInWords[provenance.modality],
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

/** The results as a table in Markdown. */
import type { Result } from './measure.ts';

export interface Report {
  adapter: string;
  driver: string;
  runtime: string;
  processor: string;
  shapes: string;
  results: readonly Result[];
  /** What was not measured, and why; null where all was. */
  leftOut: string | null;
}

export function tableOf({ adapter, driver, runtime, processor, shapes, results, leftOut }: Report): string {
  const rows = results.map(rowOf);
  return [
    '# Playhead on this graphics adapter',
    '',
    `Adapter: ${adapter || 'not named by the system'}; driver: ${driver || 'not named'}; ONNX Runtime ${runtime}; processor: ${processor}.`,
    '',
    `Measured: ${shapes}, random weights. Seconds of a slice, the least of a few runs; the last column scales the adapter's to the whole model's layers.`,
    '',
    '| what | processor | adapter | times as fast | right | to the adapter | back | copied on it | whole model |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
    ...(leftOut === null ? [] : ['', leftOut]),
    '',
  ].join('\n');
}

function rowOf({ name, seconds, scale, isRight, reason, difference, crossed }: Result): string {
  const right = isRight ? `yes, within ${difference?.toExponential(1)}` : `no: ${reason}`;
  const times = seconds === null ? ['', '', ''] : [inSeconds(seconds.cpu), inSeconds(seconds.webgpu), ratio(seconds)];
  const whole = seconds === null ? '' : inSeconds(seconds.webgpu * scale);
  const bytes = [crossed.toDevice, crossed.toHost, crossed.onDevice].map(inKilobytes);
  return `| ${[name, ...times, right, ...bytes, whole].join(' | ')} |`;
}

const inSeconds = (seconds: number) => `${seconds.toPrecision(3)} s`;
const inKilobytes = (bytes: number) => `${(bytes / 1e3).toPrecision(3)} KB`;
const ratio = ({ cpu, webgpu }: { cpu: number; webgpu: number }) => (cpu / webgpu).toPrecision(3);

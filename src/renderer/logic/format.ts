/** Figures as people read them. Times are seconds, sizes bytes. */
import type { Segment } from '../../contract/media.ts';

/** "0:07", "12:40", "1:02:03"; with tenths "0:07.4". */
export function formatTime(seconds: number, options: { tenths?: boolean } = {}): string {
  const safe = Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
  const tenths = options.tenths ? Math.floor(safe * 10 + 1e-6) : Math.floor(safe + 1e-6) * 10;
  const whole = Math.floor(tenths / 10);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const clock = hours > 0 ? `${hours}:${pad(minutes)}` : `${minutes}`;
  return `${clock}:${pad(whole % 60)}${options.tenths ? `.${tenths % 10}` : ''}`;
}

/** A label of the ruler: as exact as the step to the next one, in seconds. */
export function formatTick(sec: number, step: number): string {
  if (step >= 1) return formatTime(sec);
  const hundredths = Math.round(sec * 100);
  const tenths = formatTime(hundredths / 100, { tenths: true });
  return step >= 0.1 ? tenths : `${tenths}${hundredths % 10}`;
}

/** "0:07 – 0:12"; tenths only where whole seconds would hide the difference. */
export function formatRange(range: Segment): string {
  const tenths = range.endSec - range.startSec < 5;
  return `${formatTime(range.startSec, { tenths })} – ${formatTime(range.endSec, { tenths })}`;
}

/** "0.4 s", "12 s", "3 min 20 s": a duration, not a place on the timeline. */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** "1 clip", "3 clips". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

export function formatPercent(fraction: number): string {
  return `${Math.round(Math.min(1, Math.max(0, fraction)) * 100)} %`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

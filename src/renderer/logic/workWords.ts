/** How far the work on files is, in words. */
import type { WorkSummary } from '../../contract/jobs.ts';
import { countOf } from './format.ts';

/** "41 of 100 files left" */
export function filesLeftInWords({ filesDone, filesFailed, filesLeft }: WorkSummary): string {
  const total = filesDone + filesFailed + filesLeft;
  return total === filesLeft ? `${countOf(filesLeft, 'file')} left` : `${filesLeft} of ${countOf(total, 'file')} left`;
}

/** "about 24 min left"; no number where nothing was measured yet. */
export function timeLeftInWords({ secondsLeft, isPaused }: WorkSummary): string {
  if (isPaused) return 'paused';
  if (secondsLeft === null) return 'working out how long';
  if (secondsLeft < 90) return `about ${Math.max(5, Math.ceil(secondsLeft / 5) * 5)} s left`;
  const minutes = Math.round(secondsLeft / 60);
  return minutes < 90 ? `about ${minutes} min left` : `about ${Math.round(minutes / 60)} h left`;
}

/** How far an import is, in bytes written, with the time that is left. */
export interface ImportProgress {
  bytesDone: number;
  bytesTotal: number;
  /** At the pace so far; null during the first second. */
  secondsLeft: number | null;
}
export type ProgressListener = (progress: ImportProgress) => void;

const everyMs = 100;

/** A function that takes the bytes of each chunk and tells the listener now and then. */
export function reportProgress(bytesTotal: number, listener: ProgressListener | undefined): (bytes: number) => void {
  const start = performance.now();
  let last = Number.NEGATIVE_INFINITY;
  let bytesDone = 0;
  return (bytes) => {
    bytesDone = Math.min(bytesTotal, bytesDone + bytes);
    const now = performance.now();
    if (!listener || (now - last < everyMs && bytesDone < bytesTotal)) return;
    last = now;
    const seconds = (now - start) / 1000;
    const secondsLeft = seconds < 1 ? null : (seconds * (bytesTotal - bytesDone)) / bytesDone;
    listener({ bytesDone, bytesTotal, secondsLeft });
  };
}

/** Tells the windows how far the work on files is: once at the start, then at most twice a second. */
import type { EngineEvent, WorkSummary } from '../../contract/index.ts';
import type { BatchPart, LibraryApi } from '../ports/libraryApi.ts';

const intervalMs = 500;
/** Of a long list the sum takes a while: it never takes more than this share of the library's time. */
const mostOfItsTime = 0.05;
/** The speed is that of the last minutes; below the smallest span nothing is said. */
const longestSpanMs = 180_000;
const smallestSpanMs = 10_000;

interface Sample {
  atMs: number;
  workDone: number;
}

interface MeterNeeds {
  library: Pick<LibraryApi, 'getWork'>;
  emit(event: EngineEvent): void;
}

export class WorkMeter {
  readonly #needs: MeterNeeds;
  #samples: Sample[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #tookMs = 0;

  constructor(needs: MeterNeeds) {
    this.#needs = needs;
  }

  /** A job has changed. */
  touch(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        // A library that is being closed has nothing more to tell.
        void this.read().then(
          (work) => this.#needs.emit({ type: 'work', work }),
          () => {},
        );
      },
      Math.max(intervalMs, this.#tookMs / mostOfItsTime),
    );
    this.#timer.unref();
  }

  async read(): Promise<WorkSummary> {
    const startedMs = performance.now();
    const parts = await this.#needs.library.getWork();
    this.#tookMs = performance.now() - startedMs;
    const summary = summarise(parts);
    this.#measure(summary.isPaused || summary.filesLeft === 0, totalDone(parts));
    return { ...summary, secondsLeft: summary.isPaused ? null : secondsLeft(this.#samples, workLeft(parts)) };
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #measure(isStanding: boolean, workDone: number): void {
    const atMs = performance.now();
    // A new batch, or a file that is done anew, starts the measurement again.
    const isSame = workDone >= (this.#samples.at(-1)?.workDone ?? 0);
    this.#samples = isStanding || !isSame ? [] : this.#samples.filter((sample) => atMs - sample.atMs < longestSpanMs);
    if (!isStanding) this.#samples.push({ atMs, workDone });
  }
}

/** Cancelled files are no work any more; failed ones are done, in their way. */
export function summarise(parts: BatchPart[]): Omit<WorkSummary, 'secondsLeft'> {
  const files = (...states: BatchPart['state'][]) =>
    parts.filter(({ state }) => states.includes(state)).reduce((sum, part) => sum + part.files, 0);
  const filesLeft = files('queued', 'running', 'paused');
  const done = totalDone(parts);
  return {
    filesDone: files('done'),
    filesFailed: files('failed'),
    filesLeft,
    progress: filesLeft === 0 ? null : done / Math.max(1e-9, done + workLeft(parts)),
    isPaused: filesLeft > 0 && files('queued', 'running') === 0,
  };
}

/** @returns null while there are too few measurements */
export function secondsLeft(samples: Sample[], left: number): number | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.atMs - first.atMs < smallestSpanMs || last.workDone <= first.workDone) return null;
  return Math.ceil(((left / (last.workDone - first.workDone)) * (last.atMs - first.atMs)) / 1000);
}

function totalDone(parts: BatchPart[]): number {
  const done = (part: BatchPart) => (part.state === 'failed' ? part.work : part.workDone);
  return parts.filter(({ state }) => state !== 'cancelled').reduce((sum, part) => sum + done(part), 0);
}

function workLeft(parts: BatchPart[]): number {
  const open = parts.filter(({ state }) => ['queued', 'running', 'paused'].includes(state));
  return open.reduce((sum, part) => sum + part.work - part.workDone, 0);
}

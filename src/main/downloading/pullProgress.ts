/** How far a model is fetched, in bytes and bytes a second. */
import { formatBytes } from '../../contract/index.ts';

export type PullStage = 'listing' | 'fetching' | 'checking' | 'waiting' | 'elsewhere';

export interface PullProgress {
  stage: PullStage;
  /** The file that is worked on, below its repository. */
  file: string | null;
  bytesDone: number;
  bytesTotal: number;
  /** Over the last seconds; null while too little was seen. */
  bytesPerSecond: number | null;
}

const everyMs = 250;
/** The pace is that of the last ten seconds. */
const windowMs = 10_000;

export class PullMeter {
  readonly #listener: (progress: PullProgress) => void;
  readonly #bytes = new Map<string, number>();
  readonly #seen: { at: number; bytes: number }[] = [];
  #stage: PullStage = 'listing';
  #file: string | null = null;
  #lastTold = Number.NEGATIVE_INFINITY;
  total = 0;

  constructor(listener: (progress: PullProgress) => void) {
    this.#listener = listener;
  }

  enter(stage: PullStage, file: string | null): void {
    if (stage === this.#stage && file === this.#file) return;
    this.#stage = stage;
    this.#file = file;
    this.#tell();
  }

  reached(file: string, bytes: number): void {
    this.#bytes.set(file, bytes);
    if (performance.now() - this.#lastTold >= everyMs) this.#tell();
  }

  get done(): number {
    return [...this.#bytes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  #tell(): void {
    const [now, done] = [performance.now(), this.done];
    this.#lastTold = now;
    this.#seen.push({ at: now, bytes: done });
    while ((this.#seen[0]?.at ?? now) < now - windowMs) this.#seen.shift();
    const first = this.#seen[0];
    const seconds = first ? (now - first.at) / 1000 : 0;
    this.#listener({
      stage: this.#stage,
      file: this.#file,
      bytesDone: done,
      bytesTotal: this.total,
      bytesPerSecond: first && seconds >= 1 ? Math.max(0, done - first.bytes) / seconds : null,
    });
  }
}

/** "fetching model-00001-of-00004.safetensors: 1.2 GB of 16.5 GB, 22.1 MB/s" */
export function pullInWords({ stage, file, bytesDone, bytesTotal, bytesPerSecond }: PullProgress): [number, string] {
  const pace = bytesPerSecond ? `, ${formatBytes(bytesPerSecond)}/s` : '';
  const amount = bytesTotal > 0 ? `: ${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}${pace}` : '';
  const words = {
    listing: 'asking what there is to fetch',
    fetching: `fetching ${file}`,
    checking: `checking ${file}`,
    waiting: `waiting for the connection to try ${file} again`,
    elsewhere: 'another Playhead is fetching it',
  }[stage];
  return [bytesTotal > 0 ? bytesDone / bytesTotal : 0, words + amount];
}

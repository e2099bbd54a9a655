/** What a benchmark of the paper is: one file each beside this one, and a row in `allBenchmarks.ts`. */

/** The paper's task families, and the benchmarks of one sense contradicting the other. */
export type BenchmarkFamily = 'MC-VQA' | 'OE-VQA' | 'VC' | 'AQA' | 'OE-AVQA' | 'hallucination';

/** What a question is about. */
export interface ItemMedia {
  /** As the benchmark names it, without the folder: what is told where it is missing. */
  name: string;
  /** A film, a sound or a folder of frames; null where none is on the disk. */
  path: string | null;
  modality: 'video' | 'audio' | 'av';
  /** Seconds; all of it when left out. */
  segment?: { startSec: number; endSec: number };
  /** Of a folder of frames, a second. */
  framesPerSec?: number;
}

export interface BenchmarkItem {
  /** Of this benchmark alone, so that an answer is found again after a break. */
  id: string;
  media: ItemMedia;
  /** What the score is told by beside the whole: { task: 'Action Sequence' }. */
  groups: Record<string, string>;
}

/** What was understood of an answer. */
export interface ReadAnswer<Value> {
  /** As the reference reads it, with its traps: its scores cannot be compared otherwise. */
  paper: Value;
  /** As a stricter reader does, who guesses nothing: null where there is no answer in the text. */
  strict: Value | null;
  /** `fallback`: the reference found nothing, and took what it takes then. */
  how: 'letter' | 'text' | 'fallback';
}

/** A verdict of a judge; null where what it said could not be read. */
export interface Verdict {
  /** Whether the answer matches; null where only a score was asked for. */
  isMatch: boolean | null;
  /** 0 to 5. */
  score: number;
}

export interface BenchmarkResult<Item extends BenchmarkItem, Value> {
  item: Item;
  text: string;
  read: ReadAnswer<Value>;
  /** Of a judged benchmark, in the order of its `judge`. */
  verdicts: (Verdict | null)[];
}

/** A row of the table. */
export interface ScoreRow {
  /** "all", or what it is a group by: "task". */
  by: string;
  name: string;
  questions: number;
  /** In percent unless its name says otherwise; null where nothing can be said. */
  figures: Record<string, number | null>;
}

/** What is put to a judge. */
export interface JudgeQuestion {
  system: string;
  user: string;
}

export interface LoadOptions {
  /** As many frames as the model sees of a clip. */
  numFrames: number;
}

export interface Benchmark<Item extends BenchmarkItem = BenchmarkItem, Value = unknown> {
  /** As it is named in the terminal. */
  id: string;
  name: string;
  family: BenchmarkFamily;
  /** The files in its folder, in words. */
  layout: string;
  /** @throws PlayheadError `file-not-found`, `invalid-input` naming the file and the place */
  load(folder: string, options: LoadOptions): Promise<Item[]>;
  prompt(item: Item): string | Promise<string>;
  /** What else is asked about the same clip, and judged together with the first answer; null for nothing. */
  furtherPrompt?(item: Item): string | null;
  parse(text: string, item: Item): ReadAnswer<Value>;
  score(results: readonly BenchmarkResult<Item, Value>[]): ScoreRow[];
  /** Where answers are judged: what the judge is asked about each, and about the further one. */
  judge?(item: Item, text: string, further?: string): JudgeQuestion[];
  /** The file that the benchmark's own server takes. */
  submission?(results: readonly BenchmarkResult<Item, Value>[]): string;
}

/** Of a benchmark whose kind of items and values nobody outside it has to know. */
export function defineBenchmark<Item extends BenchmarkItem, Value>(benchmark: Benchmark<Item, Value>): Benchmark {
  return benchmark as unknown as Benchmark;
}

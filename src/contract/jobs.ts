/** The kinds of jobs, one row a kind: what a window and the engine both know of it. What it does is in `engine/jobs/`. */

import type { Provenance, StageTiming } from './answers.ts';
import type { ErrorInfo } from './errors.ts';
import type { AddResult } from './offeredWork.ts';

export interface JobTraits<Result> {
  /** What it does, as it is told before what it works on: "Indexing" duet.mp4. */
  name: string;
  /** It goes on where it was; any other would begin anew, and can only be cancelled. */
  isPausable: boolean;
  /** A person waits for it where it was asked for: how it ended is told there, and it is asked for again there. */
  isAwaited: boolean;
  /** It finds files or reads one: all of these are paused and cancelled together, and how far the reading is, is told as one work. */
  files: 'finds' | 'reads' | null;
  /** That it ended well is no news. */
  isQuiet?: true;
  /** Never filled: the type of what a finished one leaves behind. */
  result?: Result;
}

/** Adding a kind: a row here, a file in `engine/jobs/`, and its name in the list there. */
export const jobKinds = {
  scan: kindOfJob<ScanResult>({ name: 'Looking through', isPausable: true, isAwaited: false, files: 'finds' }),
  probe: kindOfJob<ProbeResult>({ name: 'Opening', isPausable: true, isAwaited: false, files: 'finds', isQuiet: true }),
  index: kindOfJob<IndexResult>({ name: 'Indexing', isPausable: true, isAwaited: false, files: 'reads' }),
  ask: kindOfJob<AskResult>({ name: 'Answering', isPausable: false, isAwaited: true, files: null }),
  caption: kindOfJob<CaptionResult>({ name: 'Describing', isPausable: false, isAwaited: true, files: null }),
  add: kindOfJob<AddResult>({ name: 'Adding', isPausable: true, isAwaited: false, files: null }),
  pull: kindOfJob<PullResult>({ name: 'Fetching model', isPausable: true, isAwaited: false, files: null }),
  import: kindOfJob<ImportResult>({ name: 'Importing model', isPausable: false, isAwaited: false, files: null }),
};

export type JobKind = keyof typeof jobKinds;
export const jobKindNames = Object.keys(jobKinds) as JobKind[];
export const fileWorkKinds = jobKindNames.filter((kind) => jobKinds[kind].files !== null);
export const readingKinds = jobKindNames.filter((kind) => jobKinds[kind].files === 'reads');

/** What a finished job of each kind leaves behind. */
export type JobResults = { [K in JobKind]: NonNullable<(typeof jobKinds)[K]['result']> };
/** The same of any kind: the fields of other kinds are left out. */
export type JobResult = Partial<Together<JobResults[JobKind]>>;
type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

export interface ScanResult {
  /** Files that were found. */
  queued: number;
  /** Those among them that are indexed and have not changed. */
  unchanged: number;
  /** Paths with an error each. */
  rejected: ErrorInfo[];
  passedOver: PassedOver[];
  notices: string[];
}

/** Files and folders that a scan left out for one reason. */
export interface PassedOver {
  /** In words: "hidden files". */
  reason: string;
  count: number;
  /** At most five paths. */
  examples: string[];
}

export interface ProbeResult {
  /** Files that were opened. */
  files: number;
}

export interface IndexResult {
  segments: number;
  /** Left out, as the notices are, where the file was indexed before. */
  timings?: StageTiming[];
  notices?: string[];
}

export interface CaptionResult {
  text: string;
  provenance: Provenance;
}

export interface AskResult extends CaptionResult {
  conversationId: string;
  messageId: string;
}

export interface PullResult {
  /** A checkpoint as the importer reads it. */
  folder: string;
  commit: string;
  /** The import that was queued; left out where it was only to be fetched. */
  importJobId?: string;
}

export interface ImportResult {
  bundleFolder: string;
}

export type JobState = 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled';

export interface Job {
  id: string;
  kind: JobKind;
  state: JobState;
  /** What it works on, in words: a file name, a folder, a question. */
  title: string;
  mediaId: string | null;
  /** The files or folders that it reads, as they were named: also where they cannot be read, and are no media yet. */
  paths: string[];
  /** The scan that started it. */
  parentId: string | null;
  /** 0 to 1. */
  progress: number;
  /** What it does just now, in words ("reading on-screen text"). */
  stage: string;
  error: ErrorInfo | null;
  createdAt: string;
  updatedAt: string;
  /** Filled when done. */
  result: JobResult | null;
}

/** How far the work on files is, measured in seconds of footage: a long film counts for more than a short clip. */
export interface WorkSummary {
  /** Files of the present batch (everything since nothing was waiting) that are done, with problems, or left. */
  filesDone: number;
  filesFailed: number;
  filesLeft: number;
  /** 0 to 1; null when no file is left. */
  progress: number | null;
  /** From the measured speed; null while there are too few measurements. */
  secondsLeft: number | null;
  /** Everything that is left is paused. */
  isPaused: boolean;
}

function kindOfJob<Result>(traits: Omit<JobTraits<Result>, 'result'>): JobTraits<Result> {
  return traits;
}

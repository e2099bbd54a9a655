/** How long a call to a helper process may take: one that hangs is ended, and costs its step instead of the queue. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Segment } from '../../contract/index.ts';
import type { ImportHostApi } from '../importing/importHostApi.ts';
import type {
  AnswerInput,
  AnswerOptions,
  CaptionInput,
  Clip,
  LoadModelInput,
  ModelHostApi,
} from '../ports/modelHostApi.ts';
import type { RecogniserHostApi } from '../ports/recogniserHostApi.ts';
import { SLOW_DRIVE, type Step, signalWithLimit, withTimeLimit } from '../ports/timeLimit.ts';

/** Seconds, for what is to be done; a hundred times what it takes on two cores, or more. */
export interface HostLimits {
  /** With what is compared with the CPU, and what waits before it. */
  load(bytes: number): number;
  /** Numbers are read, turned and packed more slowly than a drive gives them. */
  import(bytes: number): number;
  recognise(clipSec: number): number;
  /** A model of seven billion weights on a machine that swaps reads for an hour, and says a word in half a minute. */
  answer(clipSec: number, newTokens: number): number;
  embed(clipSec: number): number;
  /** A few words; it waits until what the process does just now has heard that somebody waits. */
  readWords(): number;
}

const generous: HostLimits = {
  load: (bytes) => 3600 + bytes / SLOW_DRIVE,
  import: (bytes) => 3600 + (10 * bytes) / SLOW_DRIVE,
  recognise: (clipSec) => 1800 + 60 * clipSec,
  answer: (clipSec, newTokens) => 3600 + 60 * clipSec + 30 * newTokens,
  embed: (clipSec) => 1800 + 60 * clipSec,
  readWords: () => 3600,
};

/** As many as a model may say where nobody says how many. */
const mostTokens = 2048;

export function recogniserWithLimits(api: RecogniserHostApi, limits = generous): RecogniserHostApi {
  return {
    recognise(input, options = {}) {
      const step = {
        what: 'Reading what is written and seen',
        file: input.path,
        limitSec: limits.recognise(lengthOf(input.segment)),
      };
      return withTimeLimit(step, (signal) => api.recognise(input, { signal }), options.signal);
    },
  };
}

export function importWithLimits(api: Pick<ImportHostApi, 'importCheckpoint'>, limits = generous): typeof api {
  return {
    async importCheckpoint(input, options) {
      const file = input.checkpointFolder;
      const step = { what: 'The import', file, limitSec: limits.import(await bytesOf(file)) };
      return withTimeLimit(step, (signal) => api.importCheckpoint(input, { ...options, signal }), options.signal);
    },
  };
}

/** For `connectHost`: each call about a clip is given a signal that fires at its time limit, too. */
export function addClipLimit(limits = generous): (name: string, args: unknown[]) => unknown[] {
  const limitOf = ({ clip, generation }: CaptionInput) =>
    limits.answer(lengthOf(clip.segment), generation?.maxNewTokens ?? mostTokens);
  const steps: Record<string, (input: never) => Step> = {
    answer: (input: AnswerInput) => ({ what: 'The answer', file: input.clip.path, limitSec: limitOf(input) }),
    caption: (input: CaptionInput) => ({ what: 'The caption', file: input.clip.path, limitSec: limitOf(input) }),
    embedClip: ({ path: file, segment }: Clip) => ({
      what: 'Looking for search',
      file,
      limitSec: limits.embed(lengthOf(segment)),
    }),
  };
  return (name, args) => {
    const stepOf = steps[name];
    if (stepOf === undefined) return args;
    const [input, options] = args as [never, AnswerOptions?];
    return [input, { ...options, signal: signalWithLimit(stepOf(input), options?.signal) }];
  };
}

/** What is asked of a model beside its clips, whose limits are added where it is connected (`addClipLimit`). */
export function modelWithLimits(api: ModelHostApi, limits = generous): ModelHostApi {
  const load = async <T>({ bundleFolder: file }: LoadModelInput, work: () => Promise<T>): Promise<T> => {
    const limitSec = limits.load(await bytesOf(file));
    return withTimeLimit({ what: 'Loading the model', file, limitSec }, work);
  };
  const words = <T>(work: () => Promise<T>): Promise<T> =>
    withTimeLimit({ what: 'Reading the words', limitSec: limits.readWords() }, work);
  return {
    answer: api.answer,
    caption: api.caption,
    embedClip: api.embedClip,
    loadModel: (input) => load(input, () => api.loadModel(input)),
    loadEmbedder: (input) => load(input, () => api.loadEmbedder(input)),
    embedText: (text) => words(() => api.embedText(text)),
    readQuestion: (question) => words(() => api.readQuestion(question)),
    memory: () => words(() => api.memory()),
  };
}

function lengthOf({ startSec, endSec }: Segment): number {
  return endSec - startSec;
}

/** Bytes of all files of a folder; 0 for one that is not there, which is told by whoever opens it. */
async function bytesOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name)).catch(() => null))?.size));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

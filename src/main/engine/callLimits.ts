/** How long a call to a helper process may take: one that hangs is ended, and costs its step instead of the queue. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Segment } from '../../contract/index.ts';
import { type LimitOf, SLOW_DRIVE, type Step } from '../channel/timeLimit.ts';
import type { ImportHostApi } from '../importing/importHostApi.ts';
import { askDrive } from '../ports/drives.ts';
import type { ModelHostApi } from '../ports/modelHostApi.ts';
import type { RecogniserHostApi } from '../ports/recogniserHostApi.ts';

/** Seconds, for what is to be done; a hundred times what it takes on two cores, or more. */
export interface CallSeconds {
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

const generous: CallSeconds = {
  load: (bytes) => 3600 + bytes / SLOW_DRIVE,
  import: (bytes) => 3600 + (10 * bytes) / SLOW_DRIVE,
  recognise: (clipSec) => 1800 + 60 * clipSec,
  answer: (clipSec, newTokens) => 3600 + 60 * clipSec + 30 * newTokens,
  embed: (clipSec) => 1800 + 60 * clipSec,
  readWords: () => 3600,
};

/** As many as a model may say where nobody says how many. */
const mostTokens = 2048;

type HostCalls = ModelHostApi & RecogniserHostApi & Pick<ImportHostApi, 'importCheckpoint'>;
type Limits = { [Name in keyof HostCalls]: (input: Parameters<HostCalls[Name]>[0]) => Step | Promise<Step> };

/** For `connectHost`: the limit of every call that a helper process answers, by the call's name. */
export function callLimits(seconds = generous): LimitOf {
  const limits: Limits = {
    answer: ({ clip, generation }) => aboutClip('The answer', clip, generation?.maxNewTokens),
    caption: ({ clip, generation }) => aboutClip('The caption', clip, generation?.maxNewTokens),
    embedClip: ({ path: file, segment }) => {
      return { what: 'Looking for search', file, limitSec: seconds.embed(lengthOf(segment)) };
    },
    recognise: ({ path: file, segment }) => {
      return { what: 'Reading what is written and seen', file, limitSec: seconds.recognise(lengthOf(segment)) };
    },
    readMeanings: words,
    loadModel: ({ bundleFolder }) => ofFolder('Loading the model', bundleFolder, seconds.load),
    loadEmbedder: ({ bundleFolder }) => ofFolder('Loading the model', bundleFolder, seconds.load),
    importCheckpoint: ({ checkpointFolder }) => ofFolder('The import', checkpointFolder, seconds.import),
    embedText: words,
    readQuestion: words,
    memory: words,
  };
  return (name, args) => (Object.hasOwn(limits, name) ? limits[name as keyof Limits](args[0] as never) : null);

  function aboutClip(what: string, { path: file, segment }: { path: string; segment: Segment }, tokens = mostTokens) {
    return { what, file, limitSec: seconds.answer(lengthOf(segment), tokens) };
  }

  function words(): Step {
    return { what: 'Reading the words', limitSec: seconds.readWords() };
  }
}

async function ofFolder(what: string, file: string, secondsFor: (bytes: number) => number): Promise<Step> {
  return { what, file, limitSec: secondsFor(await bytesOf(file)) };
}

function lengthOf({ startSec, endSec }: Segment): number {
  return endSec - startSec;
}

/** Bytes of all files of a folder; 0 for one that is not there, which is told by whoever opens it. */
async function bytesOf(folder: string): Promise<number> {
  const names = await askDrive(folder, () => readdir(folder, { recursive: true })).catch(() => []);
  const sizes = await Promise.all(
    names.map(async (name) => (await askDrive(folder, () => stat(join(folder, name))).catch(() => null))?.size),
  );
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

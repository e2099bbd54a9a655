/** The contract's calls, each a few lines over the library, the queue and the models. */
import { basename, resolve } from 'node:path';
import {
  type CallName,
  type CallResults,
  callNames,
  type EngineApi,
  type MediaItem,
  type ParsedInput,
  PlayheadError,
  parseCallInput,
  type Segment,
} from '../../../contract/index.ts';
import { logFolder, readLog } from '../log/logFile.ts';
import type { AskPayload } from './askJob.ts';
import type { CaptionPayload } from './captionJob.ts';
import { changeJobs, stopWaiting } from './changeJobs.ts';
import { checkMedia } from './checkMedia.ts';
import { checkPath } from './checkPath.ts';
import type { EngineContext } from './engineContext.ts';
import { engineStatus } from './engineStatus.ts';
import { expandPath } from './expandPath.ts';
import type { IndexPayload } from './indexFile.ts';
import { OfflineWatch } from './offline.ts';
import { planImport } from './planImport.ts';
import { withPoster } from './posters.ts';
import { registerFile } from './registerFile.ts';
import type { ScanPayload } from './scanPaths.ts';
import { search } from './search.ts';
import { isAboutConversation, withdrawJobs } from './withdrawJobs.ts';

type Calls = { [N in CallName]: (input: ParsedInput<N>) => Promise<CallResults[N]> };

/** Every call of the contract; inputs are checked here, whoever sends them. */
export function createEngineCalls(engine: EngineContext): EngineApi {
  const calls = makeCalls(engine);
  const checked = (name: CallName) => async (input: unknown) =>
    (calls[name] as (input: unknown) => Promise<unknown>)(parseCallInput(name, input));
  return Object.fromEntries(callNames.map((name) => [name, checked(name)])) as unknown as EngineApi;
}

function makeCalls(engine: EngineContext): Calls {
  const { library } = engine;
  const queue = () => engine.queue();
  const offline = new OfflineWatch(engine);

  return {
    status: () => engineStatus(engine),

    checkPaths: ({ paths }) => Promise.all(paths.map(checkPath)),

    addToLibrary: async ({ paths }) => {
      const payload: ScanPayload = { paths: paths.map(expandPath) };
      const job = await queue().enqueue({ kind: 'scan', title: titleOf(paths), payload });
      return { jobId: job.id };
    },

    listMedia: async (query) => {
      const page = await library.listMedia(query);
      offline.glance(page.items);
      return { ...page, items: await Promise.all(page.items.map((item) => withPoster(engine, item))) };
    },
    getMedia: ({ mediaId }) => library.getMedia(mediaId),
    checkMedia: ({ mediaId }) => checkMedia(engine, mediaId),

    removeMedia: async ({ mediaId }) => {
      await withdrawJobs(engine, (job) => job.mediaId === mediaId);
      await dismissJobsOf(engine, mediaId);
      const removed = await library.removeMedia(mediaId);
      engine.emit({ type: 'libraryChanged', mediaIds: [mediaId] });
      return { removed };
    },

    reindex: async ({ mediaId }) => {
      const { item } = await library.getMedia(mediaId);
      const payload: IndexPayload = { path: item.path, force: true };
      const job = await queue().enqueue({ kind: 'index', title: item.fileName, mediaId, payload });
      return { jobId: job.id };
    },

    search: (input) => search(engine, input),

    ask: async ({ source, question, modality, segment, conversationId, scope, generation }) => {
      const item = await findSource(engine, source);
      const clip = clipOfItem(item, segment);
      const conversation = conversationId ?? (await library.createConversation(item.id, question.slice(0, 80))).id;
      const nothingYet = { segment: clip, provenance: null, error: null };
      await library.appendMessage(conversation, { role: 'user', text: question, state: 'done', ...nothingYet });
      const reply = { role: 'assistant', text: '', state: 'streaming', ...nothingYet } as const;
      const message = await library.appendMessage(conversation, reply);
      const payload: AskPayload = {
        mediaId: item.id,
        segment: clip,
        question,
        modality,
        conversationId: conversation,
        messageId: message.id,
        scope,
        generation,
      };
      const job = await queue().enqueue({ kind: 'ask', title: question, mediaId: item.id, payload });
      engine.emit({ type: 'conversationChanged', conversationId: conversation, mediaId: item.id });
      return { jobId: job.id, mediaId: item.id, conversationId: conversation, messageId: message.id };
    },

    caption: async ({ source, segment, generation }) => {
      const item = await findSource(engine, source);
      const payload: CaptionPayload = { mediaId: item.id, segment: clipOfItem(item, segment), generation };
      const job = await queue().enqueue({ kind: 'caption', title: item.fileName, mediaId: item.id, payload });
      return { jobId: job.id, mediaId: item.id };
    },

    listConversations: ({ mediaId }) => library.listConversations(mediaId),
    getConversation: ({ conversationId }) => library.getConversation(conversationId),
    deleteConversation: async ({ conversationId }) => {
      await withdrawJobs(engine, (job) => isAboutConversation(job, conversationId));
      return { removed: await library.deleteConversation(conversationId) };
    },

    listJobs: ({ limit }) => queue().list(limit),
    pauseJob: ({ jobId }) => queue().pause(jobId),
    resumeJob: ({ jobId }) => queue().resume(jobId),
    cancelJob: async ({ jobId }) => {
      const job = await queue().cancel(jobId);
      await stopWaiting(engine, [job]);
      return job;
    },
    retryJob: ({ jobId }) => queue().retry(jobId),
    changeJobs: (input) => changeJobs(engine, input),
    work: () => engine.work.read(),
    readLog: async (query) => {
      const folder = logFolder(engine.folders.library);
      return { folder, entries: await readLog(folder, query) };
    },

    listModels: () => engine.models.list(),
    useModel: async ({ folder }) => {
      const model = await engine.models.use(folder);
      engine.emit({ type: 'statusChanged' });
      return model;
    },
    addModel: async ({ folder }) => {
      const model = await engine.models.register(expandPath(folder));
      engine.emit({ type: 'statusChanged' });
      return model;
    },
    importCheckpoint: async (input) => {
      const payload = await planImport(engine, input);
      const job = await queue().enqueue({ kind: 'import', title: basename(payload.checkpointFolder), payload });
      return { jobId: job.id, bundleFolder: payload.bundleFolder };
    },
  };
}

/** A file of the library, or any other file: that one is made known first, without being indexed. */
async function findSource(engine: EngineContext, source: ParsedInput<'ask'>['source']): Promise<MediaItem> {
  if ('mediaId' in source) return (await engine.library.getMedia(source.mediaId)).item;
  return (await registerFile(engine, resolve(source.path))).item;
}

/** The clip that was asked for, within the file. An image stands still: a second of it is all of it. */
function clipOfItem(item: MediaItem, asked: { startSec: number; endSec?: number } | undefined): Segment {
  const lastSec = item.durationSec > 0 ? item.durationSec : 1;
  const startSec = asked?.startSec ?? 0;
  if (startSec < lastSec) return { startSec, endSec: Math.min(asked?.endSec ?? lastSec, lastSec) };
  throw new PlayheadError({
    code: 'invalid-input',
    message: `The clip starts at ${startSec} s, but the file ends at ${lastSec.toFixed(1)} s.`,
    file: item.path,
    hint: 'Choose a start that lies within the file.',
  });
}

/** What went wrong with a file that is removed is no problem any more. */
async function dismissJobsOf(engine: EngineContext, mediaId: string): Promise<void> {
  const jobs = (await engine.queue().list(1000)).filter((job) => job.mediaId === mediaId);
  if (jobs.length > 0) await changeJobs(engine, { change: 'dismiss', jobIds: jobs.map(({ id }) => id) });
}

function titleOf(paths: string[]): string {
  return paths.length === 1 ? (paths[0] as string) : `${paths[0]} and ${paths.length - 1} more`;
}

/** The contract's calls, each a few lines over the library, the queue and the models. */
import {
  type CallName,
  type CallResults,
  callNames,
  type EngineApi,
  type ParsedInput,
  PlayheadError,
  parseCallInput,
} from '../../contract/index.ts';
import { ignore } from '../log/log.ts';
import { logFolder, readLog } from '../log/logFile.ts';
import type { NetworkDoor } from '../network/networkDoor.ts';
import type { LibraryApi, StoredJob } from '../ports/libraryApi.ts';
import { type AskCallNeeds, ask } from './ask.ts';
import { type ChangeNeeds, changeJobs, dismissJobs } from './changeJobs.ts';
import { type CheckNeeds, checkMedia } from './checkMedia.ts';
import { checkPath } from './checkPath.ts';
import { chooseDevice, type DeviceNeeds, deviceReport } from './deviceSetting.ts';
import { examine } from './doctor/examine.ts';
import { engineStatus, type StatusNeeds } from './engineStatus.ts';
import { expandPath } from './expandPath.ts';
import { findClip } from './findClip.ts';
import type { EngineFolders } from './folders.ts';
import { askJob } from './jobs/askJob.ts';
import { captionJob } from './jobs/captionJob.ts';
import { indexJob } from './jobs/indexJob.ts';
import { scanJob } from './jobs/scanJob.ts';
import { markCalls } from './markCalls.ts';
import type { MediaStates } from './mediaStates.ts';
import { type ModelCallNeeds, modelCalls } from './modelCalls.ts';
import { networkCalls } from './networkCalls.ts';
import { OfflineWatch } from './offline.ts';
import { type PlayingNeeds, playingCalls } from './playing/playingCalls.ts';
import { withPoster } from './posters.ts';
import type { JobQueue } from './queue/jobQueue.ts';
import { rootCalls } from './roots/rootCalls.ts';
import type { Roots } from './roots/roots.ts';
import { type SearchNeeds, search } from './search.ts';
import type { WorkMeter } from './workMeter.ts';

/** All that the calls need together. */
export interface CallNeeds
  extends AskCallNeeds,
    ChangeNeeds,
    CheckNeeds,
    DeviceNeeds,
    ModelCallNeeds,
    PlayingNeeds,
    SearchNeeds,
    StatusNeeds {
  library: LibraryApi;
  device: DeviceNeeds['device'];
  queue: JobQueue;
  hosts: ModelCallNeeds['hosts'];
  states: MediaStates;
  roots: Roots;
  models: ModelCallNeeds['models'];
  encoders: ModelCallNeeds['encoders'];
  folders: EngineFolders;
  door: NetworkDoor;
  work: Pick<WorkMeter, 'read'>;
}

type Calls = { [N in CallName]: (input: ParsedInput<N>) => Promise<CallResults[N]> };

/** Every call of the contract; inputs are checked here, whoever sends them. */
export function createEngineCalls(needs: CallNeeds): EngineApi {
  const calls = makeCalls(needs) as Record<CallName, (input: unknown) => Promise<unknown>>;
  async function callChecked(name: CallName, input: unknown): Promise<unknown> {
    return await calls[name](parseCallInput(name, input));
  }
  return Object.fromEntries(callNames.map((name) => [name, callChecked.bind(null, name)])) as unknown as EngineApi;
}

type JobCallNames = 'listJobs' | 'pauseJob' | 'resumeJob' | 'cancelJob' | 'retryJob' | 'changeJobs' | 'work';

function jobCalls(needs: Pick<CallNeeds, 'queue' | 'work' | keyof ChangeNeeds>): Pick<Calls, JobCallNames> {
  const { queue } = needs;
  return {
    listJobs: ({ limit }) => queue.list(limit),
    pauseJob: ({ jobId }) => queue.pause(jobId),
    resumeJob: ({ jobId }) => queue.resume(jobId),
    cancelJob: ({ jobId }) => queue.cancel(jobId),
    retryJob: ({ jobId }) => queue.retry(jobId),
    changeJobs: (input) => changeJobs(needs, input),
    work: () => needs.work.read(),
  };
}

function makeCalls(needs: CallNeeds): Calls {
  const { library, queue, folders, states } = needs;
  const offline = new OfflineWatch(needs);
  const enqueue = async (job: StoredJob) => ({ jobId: (await queue.enqueue(job)).id });

  return {
    ...modelCalls(needs),
    ...networkCalls(needs),
    ...markCalls(needs),
    ...rootCalls(needs),
    status: () => engineStatus(needs),

    checkPaths: ({ paths }) => Promise.all(paths.map(checkPath)),
    addToLibrary: async ({ paths }) => {
      const full = paths.map(expandPath);
      await needs.roots.keep(full);
      return enqueue(scanJob.create({ paths: full }));
    },

    listMedia: async (query) => {
      const page = await library.listMedia(query);
      offline.noticeMissing(page.items);
      return { ...page, items: await Promise.all(page.items.map((item) => withPoster(folders, item))) };
    },
    getMedia: ({ mediaId }) => library.getMedia(mediaId),
    checkMedia: ({ mediaId }) => checkMedia(needs, mediaId),
    ...playingCalls(needs),
    removeMedia: async ({ mediaId }) => {
      await cancelJobs(needs, (job) => job.mediaId === mediaId);
      // What went wrong with a file that is removed is no problem any more.
      await dismissJobs(needs, { mediaId });
      const removed = await library.removeMedia(mediaId);
      await needs.playback.forget(mediaId).catch(ignore('what was made of a removed file was not removed'));
      states.announce(mediaId);
      return { removed };
    },
    reindex: async ({ mediaId }) => {
      const { item } = await library.getMedia(mediaId);
      return enqueue(indexJob.create({ path: item.path, force: true }, { mediaId }));
    },

    search: (input) => search(needs, input),
    ask: ask.bind(null, needs),
    caption: async ({ source, segment: asked, generation }) => {
      const { item, segment } = await findClip(needs, source, asked);
      const about = { mediaId: item.id, fileName: item.fileName };
      return {
        ...(await enqueue(captionJob.create({ mediaId: item.id, segment, generation }, about))),
        mediaId: item.id,
      };
    },

    listConversations: ({ mediaId }) => library.listConversations(mediaId),
    getConversation: ({ conversationId }) => library.getConversation(conversationId),
    deleteConversation: async ({ conversationId }) => {
      await cancelJobs(needs, (job) => askJob.read(job)?.conversationId === conversationId);
      return { removed: await library.deleteConversation(conversationId) };
    },

    ...jobCalls(needs),
    readLog: async (query) => {
      const folder = logFolder(folders.library);
      return { folder, entries: await readLog(folder, query) };
    },

    answerRequest: refuseAnswer,

    doctor: () => examine(needs),
    device: () => deviceReport(needs),
    chooseDevice: (input) => chooseDevice(needs, input),
  };
}

/** Jobs that nobody waits for any more: of a file that is removed, of a conversation that is deleted. Waits until each has ended. */
async function cancelJobs({ queue }: Pick<CallNeeds, 'queue'>, concerns: (job: StoredJob) => boolean): Promise<void> {
  for (const job of await queue.listOpen()) if (concerns(job)) await queue.cancel(job.id);
}

/** What was asked from outside was asked in one window, which answers by itself (`engineWindow.ts`). */
async function refuseAnswer(): Promise<never> {
  throw new PlayheadError({ code: 'not-found', message: 'Nothing was asked in this window.' });
}

/** The contract's calls about models: which answers, which searches, where they come from, what they make possible. */
import { resolve } from 'node:path';
import {
  type CallName,
  type CallResults,
  type EngineEvent,
  type modelCallSchemas,
  type ParsedInput,
  PlayheadError,
} from '../../contract/index.ts';
import { removePulled } from '../downloading/pullModel.ts';
import { ignore } from '../log/log.ts';
import { readBundleManifest } from '../models/bundleManifest.ts';
import { kindOf } from '../models/kinds/bundleKinds.ts';
import { verifyBundle } from '../models/verifyBundle.ts';
import type { LibraryApi, StoredJob } from '../ports/libraryApi.ts';
import { changeAnswerSettings, readAnswerSettings } from './answerSettings.ts';
import { expandPath } from './expandPath.ts';
import type { EngineFolders } from './folders.ts';
import type { Hosts } from './hosts.ts';
import type { HubSettings } from './hubSettings.ts';
import { addJob } from './jobs/addJob.ts';
import { importJob } from './jobs/importJob.ts';
import { pullJob } from './jobs/pullJob.ts';
import { measureEncoder } from './measureEncoder.ts';
import { loadAnyway } from './memoryCheck.ts';
import type { ModelChoice } from './modelChoice.ts';
import { type OfferNeeds, offeredWork, requireAddition } from './offeredWork.ts';
import { type CatalogueNeeds, offerModels } from './offerModels.ts';
import { planImport } from './planImport.ts';
import { planPull } from './planPull.ts';
import type { JobQueue } from './queue/jobQueue.ts';
import type { SearchChoice } from './searchChoice.ts';

export interface ModelCallNeeds extends CatalogueNeeds, OfferNeeds {
  library: LibraryApi;
  queue: Pick<JobQueue, 'enqueue' | 'listOpen'>;
  hosts: Hosts;
  models: ModelChoice;
  encoders: SearchChoice;
  hub: HubSettings;
  folders: EngineFolders;
  /** @throws PlayheadError `memory-short` */
  checkMemory(bundleFolder: string, freedBytes: number): Promise<void>;
  emit(event: EngineEvent): void;
}

type Names = keyof typeof modelCallSchemas & CallName;
type ModelCalls = { [N in Names]: (input: ParsedInput<N>) => Promise<CallResults[N]> };

export function modelCalls(needs: ModelCallNeeds): ModelCalls {
  const { models, encoders, folders, library, queue } = needs;
  const enqueue = async (job: StoredJob) => ({ jobId: (await queue.enqueue(job)).id });
  const changed = () => needs.emit({ type: 'statusChanged' });

  return {
    ...hubCalls(needs),
    listModels: () => models.list(),
    catalogue: () => offerModels(needs),
    useModel: ({ folder, anyway }) => useModel(needs, expandPath(folder), anyway).finally(changed),
    addModel: ({ folder }) => addModel(needs, expandPath(folder)).finally(changed),
    unloadModel: async () => {
      await requireIdle(needs);
      return { unloaded: needs.hosts.unload() };
    },
    removeModel: async ({ folder }) => {
      const wasListed = await encoders.forget(expandPath(folder));
      const { removed } = await models.remove(expandPath(folder)).finally(changed);
      return { removed: removed || wasListed };
    },
    listSearchModels: () => encoders.list(),
    useForSearch: async ({ folder }) => {
      const chosen = await encoders.use(folder === null ? null : expandPath(folder)).finally(changed);
      if (chosen) await measureEncoder(needs, chosen.folder).catch(ignore('an encoder was not measured'));
      return chosen;
    },
    offeredWork: () => offeredWork(needs),
    startOfferedWork: async ({ adds }) => {
      await requireAddition(needs, adds);
      return enqueue(addJob.create({ adds, afterRow: 0, added: 0, notices: [] }));
    },
    answerSettings: () => readAnswerSettings(library),
    changeAnswerSettings: (change) => changeAnswerSettings(library, change),
    pullModel: async (input) => enqueue(pullJob.create(await planPull(folders, input))),
    removeFetched: async ({ name }) => {
      const { repository } = await planPull(folders, { name, weights: null, removeCheckpoint: false });
      return removePulled(folders.downloads, repository);
    },
    importCheckpoint: async (input) => {
      const payload = await planImport(folders, input);
      return { ...(await enqueue(importJob.create(payload))), bundleFolder: payload.bundleFolder };
    },
  };
}

/** Where models come from, and whether one is whole. */
function hubCalls({ hub }: Pick<ModelCallNeeds, 'hub'>): Pick<ModelCalls, 'hub' | 'changeHub' | 'verifyModel'> {
  return {
    hub: () => hub.status(),
    changeHub: (input) => hub.change(input),
    verifyModel: async ({ folder }) => {
      const { name, files } = await verifyBundle(expandPath(folder));
      return { name, files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
    },
  };
}

/** The memory is looked at while the person can still choose otherwise. */
async function useModel(needs: ModelCallNeeds, given: string, anyway: boolean): Promise<CallResults['useModel']> {
  const folder = resolve(given);
  if (anyway) await loadAnyway(needs, folder);
  const { loaded } = needs.hosts;
  const isLoaded = loaded !== null && (await needs.models.active())?.folder === folder;
  // What is loaded now goes when the other one comes.
  if (!isLoaded) await needs.checkMemory(folder, await needs.hosts.loadedBytes());
  return needs.models.use(folder);
}

/** A bundle of either use. */
async function addModel({ models, encoders }: ModelCallNeeds, folder: string): Promise<CallResults['addModel']> {
  const manifest = await readBundleManifest(folder).catch(() => null);
  if (manifest === null || !kindOf(manifest).isForSearch) return models.register(folder);
  await encoders.register(folder);
  throw new PlayheadError({
    code: 'model-invalid',
    message: `${manifest.name} is a dual encoder for search, and is listed as one now; it cannot answer questions.`,
    hint: 'Choose it for search under Models.',
    file: folder,
  });
}

/** Whoever works with a model loses its work when the model goes. */
async function requireIdle({ queue }: Pick<ModelCallNeeds, 'queue'>): Promise<void> {
  const working = (await queue.listOpen()).find(
    ({ kind, state }) => state === 'running' && ['ask', 'caption', 'index', 'add'].includes(kind),
  );
  if (!working) return;
  throw new PlayheadError({
    code: 'invalid-input',
    message: `The model is at work: ${working.title}.`,
    hint: 'Pause or stop that first, or wait for its end.',
  });
}

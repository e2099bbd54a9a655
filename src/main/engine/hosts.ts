/**
 * The helper processes: started when first needed, started anew after a crash, replaced when they do not
 * stop in time. A crash costs the job that was running, nothing else.
 */
import { join } from 'node:path';
import {
  cancelled,
  type DeviceChoice,
  type DevicePlan,
  joinPlans,
  type PartPlacement,
  toErrorInfo,
} from '../../contract/index.ts';
import { forgiveLook, isLookUnfinished } from '../answering/model/look/lookRecord.ts';
import { connectHost, type HostConnection, type SpawnHost } from '../channel/hostProcess.ts';
import type { ImportHostApi } from '../importing/importHostApi.ts';
import { ignore, log } from '../log/log.ts';
import type { EmbeddingModelInfo, LoadedModel, LoadModelInput, ModelHostApi } from '../ports/modelHostApi.ts';
import type { RecogniserHostApi } from '../ports/recogniserHostApi.ts';
import { callLimits } from './callLimits.ts';

export interface ReadyModel {
  api: ModelHostApi;
  model: LoadedModel;
}

export interface ReadyEmbedder {
  api: ModelHostApi;
  embedder: EmbeddingModelInfo;
}

const limitOf = callLimits();

/** As many as a bundle has parts to look at. */
const crashesPerLoad = 7;

/** One process with one bundle, for one choice of what computes; the language model and the embedder are loaded when first asked for. */
interface ModelSlot {
  connection: HostConnection<ModelHostApi>;
  bundleFolder: string;
  choice: DeviceChoice;
  model: Promise<ReadyModel> | null;
  embedder: Promise<ReadyEmbedder | null> | null;
}

export interface HostSettings {
  /** What a model's process remembers over a restart; may be deleted at any time. */
  cacheFolder: string;
  /** With picture and sound: what a provider is compared with the CPU on. */
  lookClip: string;
  /** What computes, as it is chosen just now. */
  deviceChoice(): Promise<DeviceChoice>;
  /** A model or an embedder is ready, or gone. */
  onChange(): void;
}

export class Hosts {
  readonly #spawn: SpawnHost;
  readonly #settings: HostSettings;
  #model: ModelSlot | null = null;
  #recogniser: HostConnection<RecogniserHostApi> | null = null;
  readonly #importers = new Set<HostConnection<ImportHostApi>>();
  #loaded: LoadedModel | null = null;
  #embedder: EmbeddingModelInfo | null = null;
  #isClosed = false;

  constructor(spawn: SpawnHost, settings: HostSettings) {
    this.#spawn = spawn;
    this.#settings = settings;
  }

  /** What is loaded now, without starting anything. */
  get loaded(): LoadedModel | null {
    return this.#loaded;
  }

  /** Where the networks of what is loaded now run. */
  get parts(): PartPlacement[] {
    return [...(this.#loaded?.parts ?? []), ...(this.#embedder?.parts ?? [])];
  }

  /** What was planned for them before they were opened; null before anything is loaded. */
  get plan(): DevicePlan | null {
    const plans = [this.#loaded?.plan, this.#embedder?.plan].filter((plan) => plan != null);
    return plans.length < 2 ? (plans[0] ?? null) : joinPlans(plans);
  }

  /** The model's process with this bundle loaded. */
  async model(bundleFolder: string): Promise<ReadyModel> {
    return this.#afterCrashedLooks(async () => {
      const slot = await this.#slot(bundleFolder);
      slot.model ??= this.#load(slot, async ({ api }) => {
        const model = await api.loadModel(this.#loadInput(slot));
        if (this.#model === slot) this.#loaded = model;
        this.#settings.onChange();
        return { api, model };
      });
      return slot.model;
    });
  }

  /** The dual encoder of this bundle, or null when it brings none. */
  async embedder(bundleFolder: string): Promise<ReadyEmbedder | null> {
    return this.#afterCrashedLooks(async () => {
      const slot = await this.#slot(bundleFolder);
      slot.embedder ??= this.#load(slot, async ({ api }) => {
        const embedder = await api.loadEmbedder(this.#loadInput(slot));
        if (this.#model === slot) this.#embedder = embedder;
        this.#settings.onChange();
        return embedder && { api, embedder };
      });
      return slot.embedder;
    });
  }

  recogniser(): RecogniserHostApi {
    if (!this.#recogniser) {
      const connection = connectHost<RecogniserHostApi>(this.#spawn('recogniserHost'), { limitOf });
      this.#recogniser = connection;
      void connection.exited.then((exitCode) => {
        if (this.#recogniser !== connection) return;
        log.warn("the recognisers' process ended by itself", { exitCode });
        this.#recogniser = null;
      });
    }
    return this.#recogniser.api;
  }

  /** In a process of its own, which ends with the import; one that is cancelled removes what it had written. */
  async importCheckpoint(...[input, options]: Parameters<ImportHostApi['importCheckpoint']>): Promise<void> {
    const importer = connectHost<ImportHostApi>(this.#spawn('importHost'), { limitOf });
    this.#importers.add(importer);
    try {
      await importer.api.importCheckpoint(input, options);
    } finally {
      await importer.api.idle().catch(ignore("the importer's process is gone"));
      importer.kill();
      this.#importers.delete(importer);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#dropModel();
    for (const importer of this.#importers) importer.kill();
    this.#recogniser?.kill();
    this.#recogniser = null;
  }

  #loadInput({ bundleFolder, choice }: ModelSlot): LoadModelInput {
    const { cacheFolder, lookClip } = this.#settings;
    return {
      bundleFolder,
      providers: choice === 'cpu' ? ['cpu'] : ['webgpu', 'cpu'],
      stampFolder: join(cacheFolder, 'stamps'),
      prefixFolder: join(cacheFolder, 'clips'),
      look: { folder: this.#lookFolder, clip: lookClip, isSlowLeft: choice === 'auto' },
    };
  }

  get #lookFolder(): string {
    return join(this.#settings.cacheFolder, 'looks');
  }

  /** A part that brings its process down while it is looked at is left to the CPU by the next one. */
  async #afterCrashedLooks<T>(load: () => Promise<T>): Promise<T> {
    for (let left = crashesPerLoad; ; left--) {
      try {
        return await load();
      } catch (thrown) {
        const isCrash = toErrorInfo(thrown).code === 'model-crashed';
        if (!isCrash || left === 0 || !isLookUnfinished(this.#lookFolder)) throw thrown;
      }
    }
  }

  async #slot(bundleFolder: string): Promise<ModelSlot> {
    const choice = await this.#settings.deviceChoice();
    if (this.#isClosed) throw cancelled();
    if (this.#model?.bundleFolder === bundleFolder && this.#model.choice === choice) return this.#model;
    this.#dropModel();
    const onStuck = () => {
      log.warn("the model's process did not stop, and was ended");
      forgiveLook(this.#lookFolder);
    };
    const connection = connectHost<ModelHostApi>(this.#spawn('modelHost'), { onStuck, limitOf });
    const slot: ModelSlot = { connection, bundleFolder, choice, model: null, embedder: null };
    this.#model = slot;
    void connection.exited.then((exitCode) => {
      if (this.#model === slot) log.warn("the model's process ended by itself", { exitCode });
      this.#forget(slot);
    });
    return slot;
  }

  /** A bundle that does not load is tried again the next time, in a fresh process. */
  async #load<T>(slot: ModelSlot, load: (connection: HostConnection<ModelHostApi>) => Promise<T>): Promise<T> {
    try {
      return await load(slot.connection);
    } catch (thrown) {
      this.#forget(slot);
      slot.connection.kill();
      throw thrown;
    }
  }

  #forget(slot: ModelSlot): void {
    if (this.#model !== slot) return;
    this.#model = null;
    this.#loaded = null;
    this.#embedder = null;
  }

  #dropModel(): void {
    if (this.#model === null) return;
    this.#model.connection.kill();
    forgiveLook(this.#lookFolder);
    this.#forget(this.#model);
  }
}

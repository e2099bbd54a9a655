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
import { Importers } from './importers.ts';
import type { EncoderPlace } from './searchChoice.ts';

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

/** What a process of models is for: a dual encoder that was chosen for search has one of its own. */
type Purpose = 'answers' | 'search';

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
  /**
   * Before a bundle is loaded; not looked at when left out. @param freedBytes by what goes for it
   * @throws PlayheadError `memory-short` where the machine has no room for it
   */
  checkMemory?(bundleFolder: string, freedBytes: number): Promise<void>;
}

export class Hosts {
  readonly #spawn: SpawnHost;
  readonly #settings: HostSettings;
  readonly #slots = new Map<Purpose, ModelSlot>();
  #recogniser: HostConnection<RecogniserHostApi> | null = null;
  readonly #importers: Importers;
  #loaded: LoadedModel | null = null;
  #embedder: EmbeddingModelInfo | null = null;
  #isClosed = false;

  constructor(spawn: SpawnHost, settings: HostSettings) {
    this.#spawn = spawn;
    this.#importers = new Importers(spawn);
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
      const known = this.#slots.get('answers');
      if (!known?.model || known.bundleFolder !== bundleFolder) await this.#checkMemory('answers', bundleFolder);
      const slot = await this.#slot('answers', bundleFolder);
      slot.model ??= this.#load(slot, async ({ api }) => {
        const model = await api.loadModel(this.#loadInput(slot));
        if (this.#slots.get('answers') === slot) this.#loaded = model;
        this.#settings.onChange();
        return { api, model };
      });
      return slot.model;
    });
  }

  /** The dual encoder at this place, or null where a model brings none. */
  async embedder({ folder, isChosen }: EncoderPlace): Promise<ReadyEmbedder | null> {
    const purpose = isChosen ? 'search' : 'answers';
    return this.#afterCrashedLooks(async () => {
      if (isChosen && this.#slots.get(purpose)?.bundleFolder !== folder) await this.#checkMemory(purpose, folder);
      const slot = await this.#slot(purpose, folder);
      slot.embedder ??= this.#load(slot, async ({ api }) => {
        const embedder = await api.loadEmbedder(this.#loadInput(slot));
        if (this.#slots.get(purpose) === slot) this.#embedder = embedder;
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

  importCheckpoint(...asked: Parameters<ImportHostApi['importCheckpoint']>): Promise<void> {
    return this.#importers.importCheckpoint(...asked);
  }

  /** What the model that answers takes just now, in bytes; 0 where none is loaded. */
  async loadedBytes(): Promise<number> {
    return this.#bytesOf('answers');
  }

  /** The models' processes end, and their memory is free. False where there is none. */
  unload(): boolean {
    const isLoaded = this.#slots.size > 0;
    for (const purpose of this.#slots.keys()) this.#drop(purpose);
    if (isLoaded) this.#settings.onChange();
    return isLoaded;
  }

  close(): void {
    this.#isClosed = true;
    for (const purpose of this.#slots.keys()) this.#drop(purpose);
    this.#importers.close();
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

  /** What is there for the same purpose goes first: its memory counts as free. */
  async #checkMemory(purpose: Purpose, bundleFolder: string): Promise<void> {
    await this.#settings.checkMemory?.(bundleFolder, await this.#bytesOf(purpose));
  }

  async #bytesOf(purpose: Purpose): Promise<number> {
    const asked = this.#slots.get(purpose)?.connection.api.memory();
    return (await asked?.catch(ignore('the memory of a model is not known')))?.residentBytes ?? 0;
  }

  async #slot(purpose: Purpose, bundleFolder: string): Promise<ModelSlot> {
    const choice = await this.#settings.deviceChoice();
    if (this.#isClosed) throw cancelled();
    const known = this.#slots.get(purpose);
    if (known?.bundleFolder === bundleFolder && known.choice === choice) return known;
    this.#drop(purpose);
    const onStuck = () => {
      log.warn("the model's process did not stop, and was ended");
      forgiveLook(this.#lookFolder);
    };
    const connection = connectHost<ModelHostApi>(this.#spawn('modelHost'), { onStuck, limitOf });
    const slot: ModelSlot = { connection, bundleFolder, choice, model: null, embedder: null };
    this.#slots.set(purpose, slot);
    void connection.exited.then((exitCode) => {
      if (this.#slots.get(purpose) === slot) log.warn("the model's process ended by itself", { exitCode });
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
    for (const [purpose, each] of this.#slots) {
      if (each !== slot) continue;
      this.#slots.delete(purpose);
      if (purpose === 'answers') this.#loaded = null;
      if (slot.embedder !== null) this.#embedder = null;
    }
  }

  #drop(purpose: Purpose): void {
    const slot = this.#slots.get(purpose);
    if (!slot) return;
    slot.connection.kill();
    forgiveLook(this.#lookFolder);
    this.#forget(slot);
  }
}

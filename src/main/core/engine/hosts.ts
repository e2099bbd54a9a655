/**
 * The helper processes: started when first needed, started anew after a crash, replaced when they do not
 * stop in time. A crash costs the job that was running, nothing else.
 */
import { join } from 'node:path';
import { connectHost, type HostConnection, type SpawnHost } from '../ports/hostChannel.ts';
import type {
  EmbeddingModelInfo,
  LoadedModel,
  LoadModelInput,
  ModelHostApi,
  ModelHostEvents,
} from '../ports/modelHostApi.ts';
import type { RecogniserHostApi } from '../ports/recogniserHostApi.ts';

/** A host that has not ended a cancelled request after this long is replaced. */
const stopPatienceMs = 5_000;

export interface ReadyModel {
  api: ModelHostApi;
  model: LoadedModel;
}

export interface ReadyEmbedder {
  api: ModelHostApi;
  embedder: EmbeddingModelInfo;
}

/** One process with one bundle; the language model and the embedder are loaded when first asked for. */
interface ModelSlot {
  connection: HostConnection<ModelHostApi>;
  bundleFolder: string;
  model: Promise<ReadyModel> | null;
  embedder: Promise<ReadyEmbedder | null> | null;
}

export class Hosts {
  readonly #spawn: SpawnHost;
  readonly #events: ModelHostEvents;
  readonly #cacheFolder: string;
  #model: ModelSlot | null = null;
  #recogniser: HostConnection<RecogniserHostApi> | null = null;
  #loaded: LoadedModel | null = null;

  /** @param cacheFolder what a model's process remembers over a restart; may be deleted at any time */
  constructor(spawn: SpawnHost, events: ModelHostEvents, cacheFolder: string) {
    this.#spawn = spawn;
    this.#events = events;
    this.#cacheFolder = cacheFolder;
  }

  /** What is loaded now, without starting anything. */
  get loaded(): LoadedModel | null {
    return this.#loaded;
  }

  /** The model's process with this bundle loaded. */
  async model(bundleFolder: string, providers: string[]): Promise<ReadyModel> {
    const slot = this.#slot(bundleFolder);
    slot.model ??= this.#load(slot, async ({ api }) => {
      const model = await api.loadModel(this.#loadInput(bundleFolder, providers));
      if (this.#model === slot) this.#loaded = model;
      return { api, model };
    });
    return slot.model;
  }

  /** The dual encoder of this bundle, or null when it brings none. */
  async embedder(bundleFolder: string, providers: string[]): Promise<ReadyEmbedder | null> {
    const slot = this.#slot(bundleFolder);
    slot.embedder ??= this.#load(slot, async ({ api }) => {
      const embedder = await api.loadEmbedder(this.#loadInput(bundleFolder, providers));
      return embedder && { api, embedder };
    });
    return slot.embedder;
  }

  recogniser(): RecogniserHostApi {
    if (!this.#recogniser) {
      const connection = connectHost<RecogniserHostApi, object>(this.#spawn('recogniserHost'), {});
      this.#recogniser = connection;
      void connection.exited.then(() => {
        if (this.#recogniser === connection) this.#recogniser = null;
      });
    }
    return this.#recogniser.api;
  }

  /**
   * Runs one request so that Stop is felt at once: when `signal` fires, the host is told, the caller is
   * released, and a host that still works on it after a while is replaced behind the scenes.
   */
  async stoppable<T>(
    work: Promise<T>,
    signal: AbortSignal,
    cancel: () => Promise<void>,
    kind: 'model' | 'recogniser',
  ): Promise<T> {
    let stop = () => {};
    const stopped = new Promise<never>((_resolve, reject) => {
      stop = () => {
        void cancel().catch(() => {});
        this.#replaceUnlessEnded(work, kind);
        reject(signal.reason);
      };
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([work, stopped]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  close(): void {
    this.#dropModel();
    this.#recogniser?.kill();
    this.#recogniser = null;
  }

  #loadInput(bundleFolder: string, providers: string[]): LoadModelInput {
    const stampFolder = join(this.#cacheFolder, 'stamps');
    return { bundleFolder, providers, stampFolder, prefixFolder: join(this.#cacheFolder, 'clips') };
  }

  #slot(bundleFolder: string): ModelSlot {
    if (this.#model?.bundleFolder === bundleFolder) return this.#model;
    this.#dropModel();
    const connection = connectHost<ModelHostApi, ModelHostEvents>(this.#spawn('modelHost'), this.#events);
    const slot: ModelSlot = { connection, bundleFolder, model: null, embedder: null };
    this.#model = slot;
    void connection.exited.then(() => this.#forget(slot));
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
  }

  #dropModel(): void {
    this.#model?.connection.kill();
    this.#model = null;
    this.#loaded = null;
  }

  #replaceUnlessEnded(work: Promise<unknown>, kind: 'model' | 'recogniser'): void {
    const connection = kind === 'model' ? this.#model?.connection : this.#recogniser;
    const timer = setTimeout(() => connection?.kill(), stopPatienceMs);
    timer.unref();
    work.then(
      () => clearTimeout(timer),
      () => clearTimeout(timer),
    );
  }
}

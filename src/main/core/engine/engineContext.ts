import type { EngineEvent } from '../../../contract/index.ts';
import type { JobQueue } from '../jobs/jobQueue.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { Hosts } from './hosts.ts';
import type { ModelChoice } from './modelChoice.ts';
import type { StorageGate } from './storageGate.ts';
import type { WorkMeter } from './workMeter.ts';

/** What the parts of the engine share. */
export interface EngineContext {
  version: string;
  folders: EngineFolders;
  library: LibraryApi;
  storage: StorageGate;
  hosts: Hosts;
  models: ModelChoice;
  work: WorkMeter;
  /** ONNX Runtime providers, in the order in which they are tried. */
  providers: string[];
  /** The queue knows its runners and they know the queue: it is asked for late. */
  queue(): JobQueue;
  emit(event: EngineEvent): void;
}

export interface EngineFolders {
  /** Databases, thumbnails and imported bundles of one library. */
  library: string;
  thumbnails: string;
  /** Bundles that the person imported. */
  models: string;
  /** What ships with Playhead: `models/`, `samples/`. */
  resources: string;
}

/**
 * Joins library, queue, helper processes and models into the engine of the contract. Every shell makes
 * one; they differ only in how they start a helper process.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DeviceChoice, EngineApi, EngineEvent, ErrorInfo } from '../../contract/index.ts';
import type { HostName, HostProcess, SpawnHost } from '../channel/hostProcess.ts';
import { localTokens } from '../downloading/localTokens.ts';
import type { KeyStore } from '../downloading/tokenStore.ts';
import { connectLibrary } from '../library/connectLibrary.ts';
import { keepLog } from '../log/keepLog.ts';
import { ignore } from '../log/log.ts';
import { logEvents } from '../log/logEvents.ts';
import { NetworkDoor } from '../network/networkDoor.ts';
import { proxyOf } from '../network/proxyOf.ts';
import type { SystemProxy } from '../network/routes.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import { chooseModels } from './chooseModels.ts';
import { clearLeftovers } from './clearLeftovers.ts';
import { createEngineCalls } from './engineCalls.ts';
import { type EngineWindow, openEngineWindow } from './engineWindow.ts';
import { type EngineFolders, foldersOf } from './folders.ts';
import { indexForgottenFiles } from './forgottenFiles.ts';
import { type HostSettings, Hosts } from './hosts.ts';
import { HubSettings } from './hubSettings.ts';
import { Surveys } from './indexing/surveys.ts';
import { workersWith } from './jobs/allJobs.ts';
import { LibraryLock, makeLibraryFolder } from './libraryLock.ts';
import { refuseNetwork } from './libraryPlace.ts';
import { MediaStates } from './mediaStates.ts';
import { followSwitch, restoreDoor } from './networkMemory.ts';
import { openRoute, type RouteTarget } from './openRoute.ts';
import { patientLibrary } from './patientLibrary.ts';
import { Playback } from './playing/playback.ts';
import { addSamples } from './preparedIndex/addSamples.ts';
import { keepNewFilesPrivate, makePrivate } from './privateFiles.ts';
import { JobQueue } from './queue/jobQueue.ts';
import { Roots, type Watching } from './roots/roots.ts';
import { StorageGate } from './storageGate.ts';
import { watchFolder } from './watchFolder.ts';
import { WorkMeter } from './workMeter.ts';

export type { EngineWindow, HostName, HostProcess, KeyStore, SpawnHost, SystemProxy };
export { proxyOf };

export interface EngineOptions {
  version: string;
  /** Where the databases and thumbnails are; made when it is not there. */
  libraryFolder: string;
  /** What ships with Playhead: `models/`, `samples/`. */
  resourcesFolder: string;
  spawnHost: SpawnHost;
  /** A bundle that outranks the stored choice. */
  modelFolder?: string;
  /** Outranks the stored choice. */
  device?: DeviceChoice;
  /** False for a look into a library that another Playhead may be working on: no job runs. */
  runJobs?: boolean;
  /** Kept folders are watched, or with the times that are given. A command that ends soon watches nothing. */
  watchRoots?: Watching;
  /** Where the shell can keep a Hub's token; the system's key store, else a file beside the library, when left out. */
  keys?: KeyStore;
  /** Bytes that programs can still get; what the system says of itself when left out. */
  freeMemory?: () => number;
  /** Adds the bundled clips to a library that has never been opened. */
  addSamples?: boolean;
  /** How the system reaches an address; left out, the environment variables say it. */
  systemProxy?: SystemProxy;
}

/**
 * Milliseconds that a call waits inside the library's thread for another program: reading goes on behind it, and what
 * waits longer is tried again from outside.
 */
const callTimeoutMs = 150;

/** Milliseconds in which the running jobs have to stop by themselves when the program ends. */
const closingPatienceMs = 2_000;

export interface Engine {
  api: EngineApi;
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** What writing waits for just now, or null. */
  readonly trouble: ErrorInfo | null;
  /** The file behind a route of the contract, or null: only files of this library. */
  openRoute(route: string): Promise<RouteTarget | null>;
  /** The same for one window, with the files that are opened in it from outside. */
  openWindow(): EngineWindow;
  /** Resolves when no job is queued or running. */
  whenIdle(): Promise<void>;
  /** What reads files or fetches stops at its next step and waits for `goOn`; what the person had paused stays so. */
  rest(): Promise<void>;
  goOn(): void;
  /** Stops what runs (it goes on at the next start) and lets go of everything. Asked again, it gives the same promise. */
  close(): Promise<void>;
}

/** @throws PlayheadError `library-locked` while another Playhead works on this library, `library-damaged` */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  keepNewFilesPrivate();
  const folders = foldersOf(options);
  refuseNetwork(folders.library);
  await makeLibraryFolder(folders.library);
  await makePrivate(folders.library);
  const lock = (options.runJobs ?? true) ? await LibraryLock.take(folders.library) : null;
  const releases: (() => unknown)[] = [() => lock?.release()];
  try {
    return await openEngine(options, folders, releases);
  } catch (thrown) {
    // A failed start keeps nothing: no lock, no thread, no helper that would keep the program alive.
    for (const release of releases.reverse()) await release();
    throw thrown;
  }
}

/** @param releases what was taken, in its order; the engine gives it back when it is closed */
async function openEngine(
  options: EngineOptions,
  folders: EngineFolders,
  releases: (() => unknown)[],
): Promise<Engine> {
  const door = openDoor(options, releases);
  for (const folder of [folders.thumbnails, folders.models]) await mkdir(folder, { recursive: true });
  const runJobs = options.runJobs ?? true;
  if (runJobs) releases.push(await keepLog(folders.library, options.version));
  if (runJobs) void clearLeftovers(folders.library).catch(ignore('half-written files were not removed')); // behind the start: there may be many folders
  const listeners = new Set<(event: EngineEvent) => void>([logEvents()]);
  const emit = tellAll(listeners);

  const storage = new StorageGate(() => emit({ type: 'statusChanged' }));
  const connected = await connectLibrary({ folder: folders.library, callTimeoutMs }, () => {
    if (runJobs) indexForgottenFiles({ library, queue }).catch((thrown: unknown) => storage.breakOff(thrown));
  });
  releases.push(() => connected.close());
  const watch = watchFolder(folders.library, (lost) => storage.breakOff(lost));
  releases.push(watch.stop);
  const library = patientLibrary(connected, storage, watch.confirm);
  await Promise.race([restoreDoor(door, library), storage.firstTrouble]);
  releases.push(followSwitch(door, library, () => emit({ type: 'statusChanged' })));
  const choices = chooseModels(options, library, folders);
  const hosts = new Hosts(options.spawnHost, {
    ...hostFiles(folders),
    deviceChoice: () => choices.device.choice(),
    onChange: () => emit({ type: 'statusChanged' }),
    checkMemory: choices.checkMemory,
  });
  releases.push(() => hosts.close());
  const work = new WorkMeter({ library, emit });
  const closing = new AbortController();
  const parts = {
    ...{ ...choices, version: options.version, playback: new Playback(library, folders.library, closing.signal) },
    ...{ folders, library, storage, hosts, work, emit, door, surveys: new Surveys() },
    ...{ states: new MediaStates(library, emit), hub: hubOf(options, library, folders) },
  };
  // The queue knows its kinds of jobs and they know the queue: they ask for it late.
  const queue: JobQueue = new JobQueue(library, workersWith({ ...parts, queue: () => queue }), {
    onChange: (job) => {
      emit({ type: 'job', job });
      work.touch();
    },
    waitForRoom: () => storage.waitForRoom(folders.thumbnails),
    onBroken: (thrown) => storage.breakOff(thrown),
  });

  const roots = new Roots({ ...parts, queue: () => queue }, runJobs && (options.watchRoots ?? false));
  releases.push(() => roots.close());

  const started = runJobs ? queue.start().then(() => indexForgottenFiles({ library, queue })) : Promise.resolve();
  started.catch((thrown: unknown) => storage.breakOff(thrown));
  // Behind the window's back: it is there while the clips come.
  const samples =
    runJobs && options.addSamples ? started.then(() => addSamples({ ...parts, queue }, closing.signal)) : started;
  samples.catch((thrown: unknown) => !closing.signal.aborted && storage.breakOff(thrown));
  void started.then(() => roots.start()).catch(ignore('folders are not watched'));
  // A full disk holds the start of the jobs up, and the window tells of it.
  await Promise.race([started, storage.firstTrouble]);
  const api = createEngineCalls({ ...parts, queue, roots });
  const onEvent = (listener: (event: EngineEvent) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const open = (route: string) => openRoute(parts, route);

  return {
    ...{ api, onEvent, openRoute: open, rest: () => queue.rest(), goOn: () => queue.goOn() },
    openWindow: () => openEngineWindow({ ...parts, api, onEvent, openRoute: open }),
    get trouble() {
      return storage.trouble;
    },
    whenIdle: () => samples.then(() => queue.whenIdle()),
    close: once(async () => {
      closing.abort();
      await roots.close();
      storage.close();
      await samples.catch(() => {}); // told already
      await endJobs(queue, hosts, parts.surveys);
      work.close();
      for (const release of releases.reverse()) await release();
    }),
  };
}

function hostFiles({ library, resources }: EngineFolders): Pick<HostSettings, 'cacheFolder' | 'lookClip'> {
  return { cacheFolder: join(library, 'cache'), lookClip: join(resources, 'samples', 'bells-and-beeps.mp4') };
}

function openDoor({ systemProxy }: EngineOptions, releases: (() => unknown)[]): NetworkDoor {
  const door = new NetworkDoor({ systemProxy });
  releases.push(() => door.close());
  return door;
}

/** A job that does not hear of the end, since its helper is busy, ends with its helper. */
async function endJobs(queue: JobQueue, hosts: Hosts, surveys: Surveys): Promise<void> {
  const ended = queue.close();
  await Promise.race([ended, wait(closingPatienceMs, undefined, { ref: false })]);
  hosts.close();
  surveys.close();
  await ended;
}

function hubOf(options: EngineOptions, library: LibraryApi, folders: EngineFolders): HubSettings {
  return new HubSettings(library, localTokens(folders.library, options.keys));
}

function tellAll(listeners: ReadonlySet<(event: EngineEvent) => void>): (event: EngineEvent) => void {
  return (event) => {
    for (const listener of listeners) listener(event);
  };
}

/** Whoever asks later gets the promise of the first time. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | null = null;
  return () => {
    begun ??= work();
    return begun;
  };
}

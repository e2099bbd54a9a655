/** The system's own word on what changes in a folder; the only file that imports @parcel/watcher. */
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AsyncSubscription, Event } from '@parcel/watcher';
import { toErrorInfo } from '../../../contract/index.ts';
import { ignore } from '../../log/log.ts';
import { exists } from '../../ports/exists.ts';

export interface Change {
  path: string;
  isGone: boolean;
}

export interface LiveWatch {
  /** What changed since the snapshot; null where there is none: the last program that watched did not end in order. */
  earlier: Change[] | null;
  /** Leaves a snapshot behind for the next start. */
  stop(): Promise<void>;
}

/** Folders of programs, in which nothing of a person's own changes; they would cost a watch each. */
const NEVER = ['**/.*', '**/.*/**', '**/node_modules/**', '**/@eaDir/**'];

/**
 * @param onChanges hears of what changes from now on, several at a time
 * @param onTrouble the system has stopped telling
 * @throws what the system says where it watches no more folders, or none here
 */
export async function watchLive(
  { folder, snapshot, except }: { folder: string; snapshot: string; except: string },
  onChanges: (changes: Change[]) => void,
  onTrouble: (why: string) => void,
): Promise<LiveWatch> {
  const watcher = await import('@parcel/watcher');
  const options = { ignore: [...NEVER, except] };
  const earlier = await readSnapshot(async () => watcher.getEventsSince(folder, snapshot, options), snapshot);
  const subscription = await watcher.subscribe(
    folder,
    (error, events) => (error ? onTrouble(error.message) : onChanges(events.map(toChange))),
    options,
  );
  return { earlier, stop: () => leave(subscription, () => watcher.writeSnapshot(folder, snapshot, options), snapshot) };
}

/** A snapshot serves once: who ends without order leaves none, and the folder is looked through. */
async function readSnapshot(read: () => Promise<Event[]>, snapshot: string): Promise<Change[] | null> {
  if (!(await exists(snapshot))) return null;
  try {
    return (await read()).map(toChange);
  } catch (thrown) {
    ignore('what changed since the last time is not known', { file: snapshot })(thrown);
    return null;
  } finally {
    await rm(snapshot, { force: true });
  }
}

async function leave(subscription: AsyncSubscription, write: () => Promise<unknown>, snapshot: string): Promise<void> {
  try {
    await mkdir(dirname(snapshot), { recursive: true });
    await write();
  } catch (thrown) {
    ignore('no snapshot of a folder was left', { file: snapshot })(thrown);
    await rm(snapshot, { force: true });
  }
  await subscription.unsubscribe();
}

function toChange({ path, type }: Event): Change {
  return { path, isGone: type === 'delete' };
}

/** Why a folder is not watched, for the person. */
export function whyNotWatched(thrown: unknown): string {
  const { message } = toErrorInfo(thrown);
  return /no space left|inotify_add_watch|too many/i.test(message)
    ? 'The system watches no more folders (see fs.inotify.max_user_watches).'
    : `The system does not watch it: ${message}`;
}

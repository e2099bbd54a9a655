/** What the person switched, and what went over the network, over a restart: settings of the library. */
import * as z from 'zod';
import { connectionRecordSchema } from '../../contract/index.ts';
import { ignore } from '../log/log.ts';
import type { NetworkDoor } from '../network/networkDoor.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';

type Settings = Pick<LibraryApi, 'getSetting' | 'setSetting'>;

/** Between two looks at what another program may have switched. */
const usualEveryMs = 1000;

const offlineKey = 'network.offline';
const connectionsKey = 'network.connections';
const storedConnections = z.array(connectionRecordSchema);

/** The door as it was left; from now on what passes is written down. A door whose setting cannot be read stays shut. */
export async function restoreDoor(door: NetworkDoor, library: Settings): Promise<void> {
  door.setOffline((await library.getSetting(offlineKey)) === 'yes');
  const stored = storedConnections.safeParse(readJson(await library.getSetting(connectionsKey)));
  if (stored.success) door.book.restore(stored.data);
  door.book.onChange = () => {
    const list = JSON.stringify(door.book.list().reverse());
    library.setSetting(connectionsKey, list).catch(ignore('the list of connections was not kept'));
  };
}

export async function switchOffline(door: NetworkDoor, library: Settings, isOffline: boolean): Promise<void> {
  door.setOffline(isOffline); // at once, whatever becomes of the writing
  switching.add(door);
  await library.setSetting(offlineKey, isOffline ? 'yes' : 'no').finally(() => switching.delete(door));
}

/** Doors whose switch is not written down yet: what the library says of them is older. */
const switching = new WeakSet<NetworkDoor>();

/**
 * What another program (`playhead connections --offline`) switches is heard by an open window within a second.
 * @returns ends it
 */
export function followSwitch(
  door: NetworkDoor,
  library: Settings,
  onSwitch: () => void,
  everyMs = usualEveryMs,
): () => void {
  let isAsking = false;
  const timer = setInterval(async () => {
    if (isAsking) return; // a library that is held answers later
    isAsking = true;
    const isOffline = await library.getSetting(offlineKey).then(
      (value) => value === 'yes',
      () => door.isOffline, // a library that cannot be read says nothing new
    );
    isAsking = false;
    if (switching.has(door) || isOffline === door.isOffline) return;
    door.setOffline(isOffline);
    onSwitch();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '[]');
  } catch {
    return []; // a damaged list is begun anew
  }
}

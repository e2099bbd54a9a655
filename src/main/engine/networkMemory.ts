/** What the person switched, and what went over the network, over a restart: settings of the library. */
import * as z from 'zod';
import { connectionRecordSchema } from '../../contract/index.ts';
import { ignore } from '../log/log.ts';
import type { NetworkDoor } from '../network/networkDoor.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';

type Settings = Pick<LibraryApi, 'getSetting' | 'setSetting'>;

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
  await library.setSetting(offlineKey, isOffline ? 'yes' : 'no');
}

function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '[]');
  } catch {
    return []; // a damaged list is begun anew
  }
}

/** The contract's calls about the network. */
import type { CallResults, EngineEvent, ParsedInput } from '../../contract/index.ts';
import type { NetworkDoor } from '../network/networkDoor.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import { switchOffline } from './networkMemory.ts';

export interface NetworkCallNeeds {
  door: NetworkDoor;
  library: Pick<LibraryApi, 'getSetting' | 'setSetting'>;
  emit(event: EngineEvent): void;
}

type Names = 'connections' | 'setOffline' | 'clearConnections';
type NetworkCalls = { [N in Names]: (input: ParsedInput<N>) => Promise<CallResults[N]> };

export function networkCalls({ door, library, emit }: NetworkCallNeeds): NetworkCalls {
  return {
    connections: async () => door.report(),
    setOffline: async ({ isOffline }) => {
      await switchOffline(door, library, isOffline);
      emit({ type: 'statusChanged' });
      return door.report();
    },
    clearConnections: async () => {
      door.book.clear();
      return door.report();
    },
  };
}

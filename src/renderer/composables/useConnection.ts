/** Whether calls go through. */
import { ref } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import type { ConnectionState } from '../client/transport.ts';

export function useConnection(client: PlayheadClient) {
  const state = ref<ConnectionState>('connecting');
  client.onConnection((next) => {
    state.value = next;
  });
  return { state };
}

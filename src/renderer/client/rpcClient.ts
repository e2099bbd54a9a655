/** The PlayheadClient over any transport: a channel for each connection. */
import type { CallInput, CallName, CallResults, EngineApi, EngineEvent, WindowEvents } from '../../contract/calls.ts';
import type { PlayheadClient } from '../../contract/client.ts';
import { PlayheadError } from '../../contract/errors.ts';
import { type Channel, openChannel } from '../../main/channel/openChannel.ts';
import type { ConnectionState, Transport } from './transport.ts';

/**
 * Calls made before the first connection wait for it; calls made on a lost connection, or under way when it
 * is lost, reject with `connection-lost`: only the caller knows whether asking twice does harm.
 */
export function createRpcClient(transport: Transport): PlayheadClient {
  const eventListeners = new Set<(event: EngineEvent) => void>();
  const stateListeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = 'connecting';
  let channel: Channel<EngineApi> | null = null;
  let settle = () => {};
  const firstConnection = new Promise<void>((resolve) => {
    settle = resolve;
  });

  const events: WindowEvents = {
    event: (event) => {
      for (const listener of eventListeners) listener(event);
    },
  };

  function change(next: ConnectionState, opened: Channel<EngineApi> | null): void {
    channel?.$close(connectionLost());
    channel = opened;
    state = next;
    settle();
    for (const listener of stateListeners) listener(next);
  }

  transport.start({
    onOpen: (port) => change('open', openChannel<EngineApi>(port, events)),
    onClosed: (next) => change(next, null),
  });

  return {
    async call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallResults[N]> {
      if (state === 'connecting') await firstConnection;
      if (channel === null) throw connectionLost();
      return (await channel.$call(name, ...([input] as never))) as CallResults[N];
    },
    onEvent(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onConnection(listener) {
      stateListeners.add(listener);
      listener(state);
      return () => stateListeners.delete(listener);
    },
    urlOf: (route) => transport.urlOf(route),
  };
}

function connectionLost(): PlayheadError {
  return new PlayheadError({
    code: 'connection-lost',
    message: 'The connection to Playhead was lost.',
    hint: 'It is tried again by itself; if Playhead was closed, start it again.',
  });
}

/** The PlayheadClient over any transport: numbers the calls, matches the replies, hands out the events. */
import type { CallInput, CallName, CallResults, EngineEvent } from '../../contract/calls.ts';
import { fromErrorInfo, PlayheadError } from '../../contract/errors.ts';
import type { CallMessage, PlayheadClient } from '../../contract/rpc.ts';
import type { ConnectionState, ServerMessage, Transport } from './transport.ts';

interface PendingCall {
  message: CallMessage;
  sent: boolean;
  resolve(value: unknown): void;
  reject(error: PlayheadError): void;
}

/**
 * Calls made before the first connection wait for it; calls made on a lost connection, or under way when it
 * is lost, reject with `connection-lost`: only the caller knows whether asking twice does harm.
 */
export function createRpcClient(transport: Transport): PlayheadClient {
  const pending = new Map<number, PendingCall>();
  const eventListeners = new Set<(event: EngineEvent) => void>();
  const stateListeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = 'connecting';
  let nextId = 1;

  function send(call: PendingCall): void {
    call.sent = true;
    transport.send(call.message);
  }

  function settle(message: ServerMessage): void {
    if (message.kind === 'event') {
      for (const listener of eventListeners) listener(message.event);
      return;
    }
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.ok) call?.resolve(message.value);
    else call?.reject(fromErrorInfo(message.error));
  }

  function changeState(next: ConnectionState): void {
    state = next;
    if (next === 'open') for (const call of pending.values()) if (!call.sent) send(call);
    if (next === 'lost' || next === 'refused') rejectAll();
    for (const listener of stateListeners) listener(next);
  }

  function rejectAll(): void {
    const calls = [...pending.values()];
    pending.clear();
    for (const call of calls) call.reject(connectionLost());
  }

  transport.start({ onMessage: settle, onState: changeState });

  return {
    call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallResults[N]> {
      if (state === 'lost' || state === 'refused') return Promise.reject(connectionLost());
      return new Promise((resolve, reject) => {
        const message: CallMessage = { kind: 'call', id: nextId++, name, input };
        const call: PendingCall = {
          message,
          sent: false,
          resolve: (value) => resolve(value as CallResults[N]),
          reject,
        };
        pending.set(message.id, call);
        if (state === 'open') send(call);
      });
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

/** What carries wire messages between this window and the engine: a WebSocket or a message port. */
import type { CallMessage, EventMessage, ReplyMessage } from '../../contract/rpc.ts';

/** `refused`: this window may not use the library; only another address helps. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused';
export type ServerMessage = ReplyMessage | EventMessage;

export interface TransportListener {
  onMessage(message: ServerMessage): void;
  onState(state: ConnectionState): void;
}

export interface Transport {
  /** Starts, and keeps trying for as long as the window is open. */
  start(listener: TransportListener): void;
  /** Only while the state is 'open'. */
  send(message: CallMessage): void;
  urlOf(route: string): string;
}

/** A message from the engine, or null when it is not one of ours. */
export function readServerMessage(data: unknown): ServerMessage | null {
  const message = typeof data === 'string' ? parseJson(data) : data;
  if (typeof message !== 'object' || message === null || !('kind' in message)) return null;
  return message.kind === 'reply' || message.kind === 'event' ? (message as ServerMessage) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

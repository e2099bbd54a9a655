/** What carries messages between this window and the engine: a WebSocket or a message port. */
import type { Port } from '../../main/channel/port.ts';

/** `refused`: this window may not use the library; only another address helps. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused';

export interface TransportListener {
  /** A connection, good until `onClosed` or the next one. */
  onOpen(port: Port): void;
  onClosed(state: 'lost' | 'refused'): void;
}

export interface Transport {
  /** Starts, and keeps trying for as long as the window is open. */
  start(listener: TransportListener): void;
  urlOf(route: string): string;
}

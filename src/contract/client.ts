import type { CallInput, CallName, CallResults, EngineEvent } from './calls.ts';

/** What a UI holds: the calls, the events, and how to reach pictures and media by URL. */
export interface PlayheadClient {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallResults[N]>;
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** 'open' when calls go through; a UI shows anything else. 'refused' stays until the person opens another address. */
  onConnection(listener: (state: 'connecting' | 'open' | 'lost' | 'refused') => void): () => void;
  /** The address of a route such as `MediaItem.thumbnail` or `MediaItem.stream`. */
  urlOf(route: string): string;
}

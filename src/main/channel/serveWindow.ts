/** The contract over the port of one window, whichever shell it belongs to. */
import type { EngineApi, EngineEvent, WindowEvents } from '../../contract/calls.ts';
import { openChannel } from './openChannel.ts';
import type { Port } from './port.ts';

/** As much of the engine as a window needs. It checks the inputs itself, whoever sends them. */
export interface WindowEngine {
  api: EngineApi;
  onEvent(listener: (event: EngineEvent) => void): () => void;
}

/**
 * The calls of the contract and no others; a call that takes long gives a job's id, so that a window that is closed
 * stops nothing.
 * @returns ends the events
 */
export function serveWindow(port: Port, { api, onEvent }: WindowEngine): () => void {
  const channel = openChannel<WindowEvents>(port, api);
  // A port that is closed meanwhile says so itself.
  return onEvent((event) => void channel.$callEvent('event', event).catch(() => {}));
}

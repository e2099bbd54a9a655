/** How a kept folder is told. */
import type { Root } from '../../contract/roots.ts';

/** Its last part: "Harbour". */
export function rootName({ path }: Pick<Root, 'path'>): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

export function rootStateInWords({ state, reason }: Pick<Root, 'state' | 'reason'>): string {
  const words = {
    watched: 'Watched: what changes on the disk is here at once.',
    polled: 'Looked through every minute.',
    offline: 'Offline. Its files keep everything that is known of them.',
    idle: 'Not watched by this program.',
  }[state];
  return reason === null || state === 'offline' ? words : `${words} ${reason}`;
}

/**
 * Watches streamed text for stop strings. Text that could still become one is held back, so that a stop string
 * never shows, not even its beginning.
 */
export interface StopStringFilter {
  /** The text that may be shown now; after `stopped`, always empty. */
  push(text: string): string;
  /** What was held back and turned out not to be a stop string. */
  flush(): string;
  readonly stopped: boolean;
}

export function createStopStringFilter(stopStrings: readonly string[]): StopStringFilter {
  const stops = stopStrings.filter((stop) => stop !== '');
  let held = '';
  let stopped = false;
  return {
    get stopped() {
      return stopped;
    },
    push(text) {
      if (stopped) return '';
      held += text;
      const found = firstOccurrence(held, stops);
      const showable = found ?? held.length - longestBeginning(held, stops);
      stopped = found !== null;
      const shown = held.slice(0, showable);
      held = stopped ? '' : held.slice(showable);
      return shown;
    },
    flush() {
      const rest = held;
      held = '';
      return rest;
    },
  };
}

function firstOccurrence(text: string, stops: readonly string[]): number | null {
  const places = stops.map((stop) => text.indexOf(stop)).filter((place) => place >= 0);
  return places.length === 0 ? null : Math.min(...places);
}

/** Length of the longest end of `text` that begins a stop string. */
function longestBeginning(text: string, stops: readonly string[]): number {
  let longest = 0;
  for (const stop of stops) {
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length--) {
      if (text.endsWith(stop.slice(0, length))) longest = length;
    }
  }
  return longest;
}

/** What a scan left out, counted by reason, with a few names: nothing is passed over in silence. */
import { basename } from 'node:path';
import type { PassedOver } from '../../../contract/index.ts';

const EXAMPLES = 5;

export class PassedOverList {
  readonly #byReason = new Map<string, PassedOver>();

  /** @param reason in words: "no video, sound or picture by their ending" */
  add(reason: string, path: string): void {
    const entry = this.#byReason.get(reason) ?? { reason, count: 0, examples: [] };
    entry.count++;
    if (entry.examples.length < EXAMPLES) entry.examples.push(path);
    this.#byReason.set(reason, entry);
  }

  /** The most frequent reason first. */
  list(): PassedOver[] {
    return [...this.#byReason.values()].sort((a, b) => b.count - a.count);
  }
}

/** "Passed over: hidden files (12: .a.mp4, .b.mp4, …)" */
export function passedOverInWords({ reason, count, examples }: PassedOver): string {
  const names = examples.map((path) => basename(path)).join(', ');
  return `Passed over: ${reason} (${count}: ${names}${count > examples.length ? ', …' : ''})`;
}

/**
 * Keeps the packets of the last few parts that were listed: from opening a file to its frames is mostly one step,
 * while what was opened stays in mind for a thousand files.
 */
import type { Packets } from './probeFile.ts';

const KEPT = 8;
const recent = new Map<object, Map<number, Packets>>();

export function keepPackets(part: object, packets: Map<number, Packets>): void {
  recent.set(part, packets);
  for (const oldest of recent.keys()) {
    if (recent.size <= KEPT) break;
    recent.delete(oldest);
  }
}

/** By ffmpeg's index of the stream; undefined when they are to be listed anew. */
export function recentPackets(part: object): Map<number, Packets> | undefined {
  return recent.get(part);
}

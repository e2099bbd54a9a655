/**
 * Keeps the packets of the last few parts that were listed: from opening a file to its frames is mostly one step,
 * while what was opened stays in mind for a thousand files.
 */
import { LRUCache } from 'lru-cache';
import type { Packets } from './probeFile.ts';

/** By part, the one in use last. */
const recent = new LRUCache<object, Map<number, Packets>>({ max: 8 });

export function keepPackets(part: object, packets: Map<number, Packets>): void {
  recent.set(part, packets);
}

/** By ffmpeg's index of the stream; undefined when they are to be listed anew. */
export function recentPackets(part: object): Map<number, Packets> | undefined {
  return recent.get(part);
}

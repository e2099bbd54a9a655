/** Which looks are likeliest to have the answer: what search finds in the file, then the others evenly spread. */
import type { MediaItem } from '../../../contract/index.ts';
import { type SearchNeeds, search } from '../search.ts';
import type { Look } from './cutLooks.ts';

/** @param question null where nothing is looked for: the looks are only spread */
export async function rankLooks(
  needs: SearchNeeds,
  item: MediaItem,
  looks: readonly Look[],
  question: string | null,
): Promise<Look[]> {
  const rest = spread(looks);
  if (question === null || item.segmentCount === 0) return rest;
  const { hits } = await search(needs, { text: question.slice(0, 500), mediaId: item.id, limit: 200 });
  const rankOf = (look: Look) => {
    const at = hits.findIndex((hit) => hit.startSec < look.endSec && hit.endSec > look.startSec);
    return at < 0 ? hits.length : at;
  };
  return rest.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** In an order of which every beginning is spread over the whole: the middle first, then the middles of the halves. */
export function spread<T>(items: readonly T[]): T[] {
  const order: T[] = [];
  const halves: [number, number][] = [[0, items.length]];
  for (const [start, end] of halves) {
    if (start >= end) continue;
    const middle = (start + end) >> 1;
    order.push(items[middle] as T);
    halves.push([start, middle], [middle + 1, end]);
  }
  return order;
}

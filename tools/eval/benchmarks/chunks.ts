/** A benchmark in parts, for several machines. */

/** The `part`th of `of`, from 1. */
export interface Chunk {
  part: number;
  of: number;
}

/** As the reference cuts: parts of the same length, but for the last. */
export function chunkOf<T>(items: readonly T[], { part, of }: Chunk): T[] {
  const length = Math.ceil(items.length / of);
  return items.slice((part - 1) * length, part * length);
}

/** "2/8"; null for what is none. */
export function readChunk(text: string): Chunk | null {
  const [, part, of] = text.match(/^(\d+)\/(\d+)$/)?.map(Number) ?? [];
  return part && of && part <= of ? { part, of } : null;
}

/** What a closed library knows of its files, in a form in which two of them can be compared. */
import { basename } from 'node:path';
import type { IndexedSegment } from '../../../src/contract/index.ts';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';

/** By file name: what a comparison looks at, one line a thing. */
export type Contents = Map<string, string[]>;

/** @throws PlayheadError what `openLibrary` throws */
export async function readContents(folder: string): Promise<Contents> {
  const library = createLibrary({ folder });
  try {
    const { items } = await library.listMedia({ sort: 'added', offset: 0, limit: 1000 });
    const contents: Contents = new Map();
    for (const { id, path, state } of items) {
      const { segments } = await library.getMedia(id);
      const vectors = await library.getVectors(id);
      const count = (segment: IndexedSegment) => vectors.filter(({ segmentId }) => segmentId === segment.id).length;
      const lines = segments.flatMap((segment) => linesOf(segment, count(segment)));
      // Twice the same path would be a doubled file.
      const name = basename(path);
      contents.set(contents.has(name) ? `${name} again` : name, [state, ...lines]);
    }
    return contents;
  } finally {
    await library.close();
  }
}

function linesOf({ startSec, endSec, thumbnail, knowledge }: IndexedSegment, vectors: number): string[] {
  const known = knowledge.map(({ kind, text, source, ...times }) =>
    [kind, text, source, times.startSec.toFixed(2), times.endSec.toFixed(2)].join(' | '),
  );
  const head = `${startSec.toFixed(3)}-${endSec.toFixed(3)} s, ${thumbnail ? 'a' : 'no'} picture, ${vectors} vectors`;
  return [head, ...known.sort()];
}

/** Null when both hold the same about these files, else the first difference in words. */
export function differenceOf(found: Contents, expected: Contents, names: readonly string[]): string | null {
  for (const name of found.keys()) if (name.endsWith(' again')) return `${name} is in the library twice`;
  for (const name of names) {
    const [is, should] = [found.get(name), expected.get(name)];
    if (!is) return `${name} is not in the library`;
    const at = (should ?? []).findIndex((line, index) => is[index] !== line);
    if (at >= 0) return `${name}: “${is[at]}” in place of “${should?.[at]}”`;
    if (is.length !== should?.length)
      return `${name}: “${is[should?.length ?? 0]}” is more than an undisturbed run gives`;
  }
  return null;
}

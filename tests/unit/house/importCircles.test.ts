/** No file needs, by whatever way, a file that needs it: imports of types count as well. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '../../../src');
const files = globSync('**/*.{ts,vue}', { cwd: source });

/** Of each file, the files that it imports, by their paths in `src`. */
function importsOf(file: string, text: string): string[] {
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...found].map(([, path]) => join(dirname(file), path as string)).filter((path) => files.includes(path));
}

/** One circle through each file that is in one, as the way around it. */
function findCircles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const follow = (file: string, way: string[]): void => {
    const at = way.indexOf(file);
    if (at >= 0) circles.push([...way.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const next of imports.get(file) ?? []) follow(next, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) follow(file, []);
  return circles;
}

test('no two files of the sources need each other', () => {
  const imports = new Map(files.map((file) => [file, importsOf(file, readFileSync(join(source, file), 'utf8'))]));
  expect(imports.size).toBeGreaterThan(500);
  expect(findCircles(imports).map((way) => way.join(' → '))).toEqual([]);
});

test('a circle is found, also one of types alone and over several files', () => {
  const text = { a: "import type { B } from './b.ts';", b: "export * from './c.ts';", c: "await import('./a.ts');" };
  const named = (from: string) => [...from.matchAll(/'\.\/(\w)\.ts'/g)].map(([, name]) => name as string);
  const imports = new Map(Object.entries(text).map(([file, from]) => [file, named(from)]));
  expect(findCircles(imports)).toEqual([['a', 'b', 'c', 'a']]);
});

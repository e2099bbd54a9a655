import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** What each file imports of our own, types as well: a circle of types is a circle of thoughts. */
function readImports(): Map<string, string[]> {
  const files = new Set(globSync('src/**/*.{ts,vue}', { cwd: root }).map((file) => file.replaceAll('\\', '/')));
  const importsOf = (file: string) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/from '(\.[^']+)'/g)]
      .map(([, to]) => normalize(join(dirname(file), to as string)).replaceAll('\\', '/'))
      .filter((to) => files.has(to));
  return new Map([...files].map((file) => [file, importsOf(file)]));
}

/** One circle, from a file back to itself; null where there is none. */
function findCircle(imports: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const follow = (file: string, way: readonly string[]): string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of imports.get(file) ?? []) {
      const circle = follow(next, [...way, file]);
      if (circle !== null) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const circle = follow(file, []);
    if (circle !== null) return circle;
  }
  return null;
}

test('no file imports itself by way of others', () => {
  const imports = readImports();
  expect(imports.size).toBeGreaterThan(300);
  expect(findCircle(imports)).toBeNull();
});

test('a circle is found', () => {
  const circle = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['b']],
  ]);
  expect(findCircle(circle)).toEqual(['b', 'd', 'b']);
});

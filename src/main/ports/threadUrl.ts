/** Where a thread starts, from source and from a bundle. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @param importer `import.meta.url` of the module that starts the thread: a `.ts` file stands beside the thread's
 *   source; a built chunk beside the built thread, or one folder below it (`chunks/`).
 * @param name of the thread's file, without its ending
 */
export function threadUrl(importer: string, name: string): URL {
  if (importer.endsWith('.ts')) return new URL(`./${name}.ts`, importer);
  const places = [`./${name}.js`, `../${name}.js`].map((place) => new URL(place, importer));
  const found = places.find((url) => existsSync(fileURLToPath(url)));
  if (found === undefined) {
    throw new Error(`${name} is missing from this build: ${places.map((url) => fileURLToPath(url)).join(', ')}`);
  }
  return found;
}

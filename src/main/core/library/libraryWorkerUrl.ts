/** Where the library's thread starts, from source and from a bundle. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @param importer `import.meta.url` of the module that starts the thread: a `.ts` file stands beside the worker's
 *   source; a built chunk beside the built worker, or one folder below it (`chunks/`).
 */
export function libraryWorkerUrl(importer: string): URL {
  if (importer.endsWith('.ts')) return new URL('./libraryWorker.ts', importer);
  const places = ['./libraryWorker.js', '../libraryWorker.js'].map((place) => new URL(place, importer));
  const found = places.find((url) => existsSync(fileURLToPath(url)));
  if (found === undefined) {
    throw new Error(
      `The library's thread is missing from this build: ${places.map((url) => fileURLToPath(url)).join(', ')}`,
    );
  }
  return found;
}

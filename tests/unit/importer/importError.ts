import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { expect } from 'vitest';
import { PlayheadError } from '../../../src/contract/errors.ts';
import { type ImportInput, importCheckpoint } from '../../../src/main/importing/importCheckpoint.ts';

/** The error of an import into `bundle`, a name in the test's own folder that must be free afterwards. */
export async function importError(input: ImportInput): Promise<PlayheadError> {
  const error = await importCheckpoint(input).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PlayheadError)) throw new Error(`expected a PlayheadError, got ${error}`);
  // Whatever went wrong, nothing is left that looks like a bundle.
  const left = await readdir(dirname(input.bundleFolder));
  expect(left.filter((name) => name.startsWith(basename(input.bundleFolder)))).toEqual([]);
  return error;
}

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noticesOfPlace, refuseNetwork } from '../../../src/main/engine/libraryPlace.ts';
import { openTestLibrary, temporaryFolder } from '../library/libraryFixture.ts';

const everywhere = () => true;

test('a new library is refused on a drive of another machine; one that is there is opened, and told to be moved', async () => {
  const folder = join(temporaryFolder(), 'library');
  expect(() => refuseNetwork(folder, everywhere)).toThrow(/not kept on a drive of another machine/);
  expect(() => refuseNetwork(folder, () => false)).not.toThrow();
  await openTestLibrary(folder).close();
  expect(() => refuseNetwork(folder, everywhere)).not.toThrow();
  expect(noticesOfPlace(folder, everywhere).join()).toContain('playhead library move');
  expect(noticesOfPlace(folder, () => false)).toEqual([]);
});

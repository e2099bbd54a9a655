import type { LibraryApi } from '../../../src/main/ports/libraryApi.ts';
import { addIndexedFile, knows, openTestLibrary } from './libraryFixture.ts';

/** A few files with things, words on the screen, captions and subtitles. */
export async function smallWorld(): Promise<LibraryApi> {
  const library = openTestLibrary();
  await addIndexedFile(library, '/v/living-room.mp4', [
    [knows('thing', 'tv'), knows('thing', 'couch'), knows('thing', 'potted plant')],
    [knows('thing', 'clock'), knows('thing', 'person')],
  ]);
  await addIndexedFile(library, '/v/ukulele-duet.mp4', [
    [
      knows('screenText', 'Aquila Strings'),
      knows('thing', 'person'),
      knows('caption', 'two people play small guitars'),
    ],
    [knows('caption', 'a woman smiles at the camera')],
  ]);
  await addIndexedFile(library, '/v/glued.mp4', [[knows('screenText', 'AQUILASTRINGS')]]);
  await addIndexedFile(library, '/v/set.mp4', [[knows('thing', 'television')]]);
  await addIndexedFile(library, '/v/café.mp4', [[knows('subtitle', 'Der Käse ist im Zug, the train is late')]]);
  return library;
}

/** The library in the thread that calls it: `LibraryApi` over the two database files of a folder. */
import type { LibraryApi } from '../ports/libraryApi.ts';
import { damagedLibrary, isDamage, toLibraryError } from './libraryErrors.ts';
import { libraryFiles } from './libraryFiles.ts';
import { type OpenLibraryOptions, openLibrary, passesCheck, type WritableDatabase } from './openLibrary.ts';
import { reads, writes } from './queries/all.ts';
import { DamagedKnowledge } from './queries/knowledgeRows.ts';
import { forgetDamagedFile } from './queries/segments.ts';

/**
 * Opens the library; every call then runs at once and blocks this thread while it does.
 * @param onIndexLost a query found the index of some or all files damaged; these wait to be indexed again
 * @throws PlayheadError see `openLibrary`.
 */
export function createLibrary(options: OpenLibraryOptions, onIndexLost: () => void = () => {}): LibraryApi {
  const { library: file } = libraryFiles(options.folder);
  let opened = openLibrary(options);
  let awaitsNewIndex = false;

  /**
   * Runs a query. A file whose index turns out to be changed loses it, and an index that cannot be read is set aside;
   * then the query is tried on what is left.
   */
  async function run<T>(work: (db: WritableDatabase) => T, mayReplace = true): Promise<T> {
    try {
      if (awaitsNewIndex) beginNewIndex();
      return work(opened.db);
    } catch (error) {
      if (error instanceof DamagedKnowledge) {
        forgetIndexOfFile(error);
        return run(work, mayReplace);
      }
      if (!isDamage(error) || !mayReplace) throw toLibraryError(error, file);
      replaceDamagedIndex(error);
      return run(work, false);
    }
  }

  function forgetIndexOfFile({ segmentRow }: DamagedKnowledge): void {
    forgetDamagedFile(opened.db, segmentRow);
    onIndexLost();
  }

  function replaceDamagedIndex(error: unknown): void {
    const isUserFileSound = passesCheck(opened.db);
    if (!isUserFileSound) throw damagedLibrary(file, error);
    beginNewIndex();
  }

  /** Where it cannot be done now (a full disk, another program's hold), the next call tries again. */
  function beginNewIndex(): void {
    awaitsNewIndex = true;
    opened.db.close();
    opened = { ...openLibrary({ ...options, discardIndex: true }), indexRebuilt: true };
    awaitsNewIndex = false;
    onIndexLost();
  }

  const queries = Object.entries<(db: WritableDatabase, ...args: never[]) => unknown>({ ...reads, ...writes });
  const calls = queries.map(([name, query]) => [
    name,
    (...args: unknown[]) => run((db) => query(db, ...(args as never[]))),
  ]);
  return {
    ...(Object.fromEntries(calls) as LibraryApi),
    health: async () => ({ notices: opened.notices, indexRebuilt: opened.indexRebuilt }),
    close: async () => {
      opened.db.close();
    },
  };
}

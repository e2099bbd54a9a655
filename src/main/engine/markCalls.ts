/** The calls about what the person says of files. */

import type { EngineEvent } from '../../contract/calls.ts';
import {
  type CallName,
  type CallResults,
  type JobState,
  type MarkResults,
  type ParsedInput,
  readingKinds,
} from '../../contract/index.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { MarksApi } from '../ports/marksApi.ts';
import { INDEX_PRIORITY } from './jobs/indexJob.ts';
import type { MediaStates } from './mediaStates.ts';

export interface MarkNeeds {
  library: MarksApi & Pick<LibraryApi, 'updateJobs'>;
  states: Pick<MediaStates, 'announce'>;
  emit(event: EngineEvent): void;
}

type MarkCalls = { [N in keyof MarkResults & CallName]: (input: ParsedInput<N>) => Promise<CallResults[N]> };

/** Above what any file is queued with by itself. */
const priorityOfOpened = INDEX_PRIORITY + 1;

export function markCalls({ library, states, emit }: MarkNeeds): MarkCalls {
  const told = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    emit({ type: 'marksChanged' });
    return result;
  };
  return {
    markMedia: async ({ mediaIds, ...change }) => {
      const changed = await told(library.markFiles(mediaIds, change));
      states.announce(...changed);
      return { changed: changed.length };
    },
    rememberOpened: async ({ mediaId, resumeSec }) => {
      const openedAt = await library.rememberOpened(mediaId, resumeSec);
      // What the person looks at is read before the rest.
      const waiting = { mediaId, kinds: readingKinds, states: ['queued', 'paused'] as JobState[] };
      await library.updateJobs(waiting, { priority: priorityOfOpened });
      return { openedAt };
    },
    listTags: () => library.listTags(),
    listCollections: () => library.listCollections(),
    saveCollection: (input) => told(library.saveCollection(input)),
    deleteCollection: async ({ collectionId }) => ({ removed: await told(library.deleteCollection(collectionId)) }),
    collectMedia: ({ collectionId, add, remove }) => told(library.collectFiles(collectionId, { add, remove })),
  };
}

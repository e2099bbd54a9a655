/** The calls about what the person says of files. */

import type { EngineEvent } from '../../contract/calls.ts';
import type { CallName, CallResults, MarkResults, ParsedInput } from '../../contract/index.ts';
import type { MarksApi } from '../ports/marksApi.ts';
import type { MediaStates } from './mediaStates.ts';

export interface MarkNeeds {
  library: MarksApi;
  states: Pick<MediaStates, 'announce'>;
  emit(event: EngineEvent): void;
}

type MarkCalls = { [N in keyof MarkResults & CallName]: (input: ParsedInput<N>) => Promise<CallResults[N]> };

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
    rememberOpened: async ({ mediaId, resumeSec }) => ({
      openedAt: await library.rememberOpened(mediaId, resumeSec),
    }),
    listTags: () => library.listTags(),
    listCollections: () => library.listCollections(),
    saveCollection: (input) => told(library.saveCollection(input)),
    deleteCollection: async ({ collectionId }) => ({ removed: await told(library.deleteCollection(collectionId)) }),
    collectMedia: ({ collectionId, add, remove }) => told(library.collectFiles(collectionId, { add, remove })),
  };
}

/** A search: the words go to the library, and as a vector too when an embedder is loaded. */
import { type ParsedInput, type SearchResult, toErrorInfo } from '../../contract/index.ts';
import { ignore } from '../log/log.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { Hosts } from './hosts.ts';
import { type MeaningNeeds, meaningsOf } from './meanings.ts';
import type { SearchChoice } from './searchChoice.ts';

export interface SearchNeeds extends MeaningNeeds {
  library: Pick<LibraryApi, 'search' | 'hasMeanings'>;
  encoders: Pick<SearchChoice, 'encoder'>;
  hosts: Pick<Hosts, 'embedder' | 'recogniser'>;
}

export async function search(needs: SearchNeeds, input: ParsedInput<'search'>): Promise<SearchResult> {
  const start = performance.now();
  const { vector, space, minCosine, notice } = await embedQuery(needs, input.text);
  const meaning = await meaningOf(needs, input.text);
  const result = await needs.library.search({ ...input, vector, space, minCosine, meaning });
  return {
    hits: result.hits,
    tookMs: Math.round(performance.now() - start),
    notices: notice ? [...result.notices, notice] : result.notices,
  };
}

/** What the words mean; the encoder is not opened for a library without a text that it could find. */
async function meaningOf(needs: SearchNeeds, text: string): Promise<number[] | undefined> {
  if (text.trim() === '' || !(await needs.library.hasMeanings())) return undefined;
  const meanings = await meaningsOf(needs, [text]).catch(ignore('a search went without the meaning of texts'));
  return meanings?.[0] ?? undefined;
}

interface QueryVector {
  vector?: number[];
  space?: string;
  minCosine?: number;
  notice?: string;
}

async function embedQuery({ encoders, hosts }: SearchNeeds, text: string): Promise<QueryVector> {
  if (text.trim() === '') return {};
  try {
    const encoder = await encoders.encoder();
    const ready = encoder && (await hosts.embedder(encoder));
    if (!ready) return {};
    const { vector } = await ready.api.embedText(text);
    if (vector === null) return {};
    return { vector, space: ready.embedder.name, minCosine: ready.embedder.minCosine };
  } catch (thrown) {
    return { notice: `Search by meaning is off: ${toErrorInfo(thrown).message}` };
  }
}

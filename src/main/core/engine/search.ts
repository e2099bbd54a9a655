/** A search: the words go to the library, and as a vector too when an embedder is loaded. */
import { type ParsedInput, type SearchResult, toErrorInfo } from '../../../contract/index.ts';
import type { EngineContext } from './engineContext.ts';

export async function search(engine: EngineContext, input: ParsedInput<'search'>): Promise<SearchResult> {
  const start = performance.now();
  const { vector, space, minCosine, notice } = await embedQuery(engine, input.text);
  const result = await engine.library.search({ ...input, vector, space, minCosine });
  return {
    hits: result.hits,
    tookMs: Math.round(performance.now() - start),
    notices: notice ? [...result.notices, notice] : result.notices,
  };
}

interface QueryVector {
  vector?: number[];
  space?: string;
  minCosine?: number;
  notice?: string;
}

async function embedQuery(engine: EngineContext, text: string): Promise<QueryVector> {
  if (text.trim() === '') return {};
  try {
    const bundle = await engine.models.active();
    if (!bundle) return {};
    const ready = await engine.hosts.embedder(bundle.folder, engine.providers);
    if (!ready) return {};
    const { vector } = await ready.api.embedText(text);
    if (vector === null) return {};
    return { vector, space: ready.embedder.name, minCosine: ready.embedder.minCosine };
  } catch (thrown) {
    return { notice: `Search by meaning is off: ${toErrorInfo(thrown).message}` };
  }
}

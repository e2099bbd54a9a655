/** What the models in use could add to files that were indexed without them: offered with its time, begun by the person. */
import { type AddedKnowledge, type ModelSummary, type OfferedWork, PlayheadError } from '../../contract/index.ts';
import { ignore } from '../log/log.ts';
import type { LibraryApi, SegmentsQuery } from '../ports/libraryApi.ts';
import type { DescribeNeeds } from './describeSegment.ts';
import { indexPace } from './indexPace.ts';
import type { ModelChoice } from './modelChoice.ts';
import type { EncoderPlace, SearchChoice } from './searchChoice.ts';

export interface OfferNeeds extends DescribeNeeds {
  library: DescribeNeeds['library'] & Pick<LibraryApi, 'measureSegments'>;
  models: Pick<ModelChoice, 'active'>;
  encoders: Pick<SearchChoice, 'active'>;
}

/** What is missing, and who can give it. */
export type Addition =
  | { query: SegmentsQuery & { adds: 'captions' }; name: string; model: ModelSummary }
  | { query: SegmentsQuery & { adds: 'looks' }; name: string; encoder: EncoderPlace };

/** Nothing where nothing is missing, or where no model could give it. */
export async function offeredWork(needs: OfferNeeds): Promise<OfferedWork[]> {
  const offers: OfferedWork[] = [];
  for (const adds of ['captions', 'looks'] as const) {
    // What cannot be loaded just now offers nothing; whoever uses it is told why.
    const addition = await additionOf(needs, adds).catch(ignore('no work was offered for a model'));
    if (!addition) continue;
    const { query, name } = addition;
    const { files, segments, footageSec } = await needs.library.measureSegments(query);
    if (segments === 0) continue;
    const pace = await indexPace(needs, adds, query.adds === 'captions' ? query.version : query.space);
    offers.push({ adds, model: name, files, footageSec, takesSec: pace.value && pace.value * segments });
  }
  return offers;
}

/** Null where no model is in use that could add this to any footage: the sample model knows its own world alone. */
export async function additionOf(needs: OfferNeeds, adds: AddedKnowledge): Promise<Addition | null> {
  if (adds === 'captions') {
    const model = await needs.models.active();
    if (!model || model.isSampleModel) return null;
    const query = { adds, version: model.version, hears: model.modalities.includes('audio') };
    return { query, name: model.name, model };
  }
  const chosen = await needs.encoders.active();
  if (!chosen) return null;
  const encoder = { folder: chosen.folder, isChosen: true };
  const ready = await needs.hosts.embedder(encoder);
  if (!ready) return null;
  const { name: space, dimensions } = ready.embedder;
  return { query: { adds, space, dimensions }, name: chosen.name, encoder };
}

/** @throws PlayheadError `model-missing` */
export async function requireAddition(needs: OfferNeeds, adds: AddedKnowledge): Promise<Addition> {
  const addition = await additionOf(needs, adds);
  if (addition) return addition;
  throw new PlayheadError({
    code: 'model-missing',
    message: adds === 'captions' ? 'No full model is in use.' : 'No model was chosen for search.',
    hint: 'Choose one under Models.',
  });
}

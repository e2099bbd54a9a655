/** What the texts of a segment mean, by which they are found as well; without the encoder they are found by their words. */
import { hasMeaning, toErrorInfo } from '../../../contract/index.ts';
import type { NewKnowledge } from '../../ports/libraryApi.ts';
import type { Stopwatch } from '../../ports/stopwatch.ts';
import { againAfterCrash } from '../againAfterCrash.ts';
import { type MeaningNeeds, meaningsOf } from '../meanings.ts';

export interface MeaningWork {
  signal: AbortSignal;
  watch: Stopwatch;
  /** Gets what could not be used, in words. */
  notices: Set<string>;
  /** Whose captions are left out: what the sample model says is found by how its world looks. */
  without: string | null;
}

/** The same pieces, those that can be found by what they mean with their meaning. */
export async function withMeanings(
  needs: MeaningNeeds,
  pieces: readonly NewKnowledge[],
  { signal, watch, notices, without }: MeaningWork,
): Promise<readonly NewKnowledge[]> {
  const isRead = ({ kind, source }: NewKnowledge) => hasMeaning(kind) && !(kind === 'caption' && source === without);
  const texts = [...new Set(pieces.filter(isRead).map(({ text }) => text))];
  if (texts.length === 0) return pieces;
  try {
    const read = () => againAfterCrash(() => meaningsOf(needs, texts, signal), signal);
    const meanings = await watch.time('meaning of texts', read);
    const meaningOf = new Map(texts.map((text, at) => [text, meanings[at] ?? undefined]));
    return pieces.map((piece) => (isRead(piece) ? { ...piece, meaning: meaningOf.get(piece.text) } : piece));
  } catch (thrown) {
    signal.throwIfAborted();
    notices.add(`Texts are found by their words alone: ${toErrorInfo(thrown).message}`);
    return pieces;
  }
}

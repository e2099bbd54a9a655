/** Sentences that subtitles break over two cues. */
import { columnOf, type Knowledge } from '../../../contract/index.ts';

/** Seconds; after a longer silence another sentence begins. */
const LONGEST_PAUSE = 2;
const SENTENCE_END = /[.!?…。！？]['"’”»)\]]*\s*$/u;

/** Every two cues of one source that share a sentence, as one text; begins where the first begins. */
export function joinCues(knowledge: readonly Knowledge[]): Knowledge[] {
  const cues = knowledge.filter(({ kind }) => columnOf(kind).runsOn).toSorted((a, b) => a.startSec - b.startSec);
  return cues.flatMap((cue, index) => {
    const next = cues.slice(index + 1).find(({ source }) => source === cue.source);
    const goesOn = next !== undefined && next.startSec - cue.endSec <= LONGEST_PAUSE && !SENTENCE_END.test(cue.text);
    if (!goesOn) return [];
    return [{ ...cue, endSec: next.endSec, text: `${cue.text} ${next.text}` }];
  });
}

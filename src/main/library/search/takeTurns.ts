/** Lets every file have its say: after three hits, the next ones of the same file count less and less. */
import { ALL_WORDS, type JudgedHit } from './judgeCandidates.ts';

const HITS_PER_TURN = 3;

/**
 * Hits, best first. A file's second three hits have half of their fused score, its third three a third, and so
 * on; hits with all of the words stay before those with some.
 */
export function takeTurns(hits: JudgedHit[], betweenFiles: boolean): JudgedHit[] {
  const sorted = hits.toSorted(bestFirst);
  if (!betweenFiles) return sorted;
  const seen = new Map<string, number>();
  const weighed = sorted.map((hit) => {
    const before = seen.get(hit.mediaId) ?? 0;
    seen.set(hit.mediaId, before + 1);
    const turn = 1 + Math.floor(before / HITS_PER_TURN);
    const base = hit.score >= ALL_WORDS ? ALL_WORDS : 0;
    return { ...hit, score: base + (hit.score - base) / turn };
  });
  return weighed.sort(bestFirst);
}

function bestFirst(a: JudgedHit, b: JudgedHit): number {
  return b.score - a.score || a.startSec - b.startSec;
}

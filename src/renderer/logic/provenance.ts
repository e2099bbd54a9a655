/** The small lines under an answer: who gave it, from what, and how long each stage took. */
import type { Modality, Provenance } from '../../contract/answers.ts';
import { sensesInWords } from '../../contract/wording.ts';
import { countOf, formatRange, formatSeconds } from './format.ts';

const stops: Partial<Record<Provenance['stopReason'], string>> = {
  length: 'cut at the longest allowed length',
  cancelled: 'stopped by you',
};

/** "playhead-sample-av · cpu · picture and sound · 8 frames · 4.0 s of sound · 0:10 – 0:14". */
export function provenanceFacts(p: Provenance): string[] {
  const facts = [p.model, p.provider, sensesInWords[p.modality]];
  if (p.frames > 0) facts.push(countOf(p.frames, 'frame'));
  if (p.audioSeconds > 0) facts.push(`${formatSeconds(p.audioSeconds)} of sound`);
  if (p.segment.endSec > p.segment.startSec) facts.push(formatRange(p.segment));
  if (p.domain) facts.push(`in-domain score ${p.domain.score.toFixed(2)}`);
  const stop = stops[p.stopReason];
  return stop ? [...facts, stop] : facts;
}

/** "frames 0.3 s", "vision tower 0.9 s", …, "23 tokens in 2.4 s". */
export function provenanceTimings(p: Provenance): string[] {
  const total = p.timings.reduce((sum, timing) => sum + timing.seconds, 0);
  const stages = p.timings.map((timing) => `${timing.stage} ${formatSeconds(timing.seconds)}`);
  return [...stages, `${countOf(p.newTokens, 'token')} in ${formatSeconds(total)}`];
}

export const modalityNames: Record<Modality, string> = {
  auto: 'Auto',
  video: 'Picture',
  audio: 'Sound',
  av: 'Both',
};

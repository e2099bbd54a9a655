/** All figures of one evaluation, as --json writes them. */
import type { Answered } from './answerBenchmark.ts';
import type { OpenBundle } from './openBundle.ts';
import { count, type FamilyScore, scoreByFamily } from './score.ts';
import type { SearchScores } from './searchBenchmark.ts';

export interface Report {
  bundle: Pick<OpenBundle, 'name' | 'weights' | 'provider' | 'fingerprint'>;
  clips: number;
  questions: number;
  right: number;
  /** Clips of which the model said that it does not know footage like this. */
  refused: number;
  families: FamilyScore[];
  search: SearchScores | null;
  /** Of this run alone: answers that an earlier run gave cost nothing. */
  speed: { clips: number; questions: number; seconds: number };
}

export function reportOf(bundle: OpenBundle, answered: Answered, search: SearchScores | null): Report {
  const { name, weights, provider, fingerprint } = bundle;
  const { clips, clipsNow, questionsNow, seconds } = answered;
  return {
    bundle: { name, weights, provider, fingerprint },
    clips,
    ...count(answered.questions),
    refused: answered.refused,
    families: scoreByFamily(answered.questions),
    search,
    speed: { clips: clipsNow, questions: questionsNow, seconds },
  };
}

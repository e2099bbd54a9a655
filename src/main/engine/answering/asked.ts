import type { GenerationOptions, LookScope, Modality, ModelSummary, Segment } from '../../../contract/index.ts';
import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import type { HeardMedia } from '../playing/playerMemory.ts';
import type { Exchange } from './earlierTurns.ts';

/** A question, and all that it is answered by. */
export interface Asked {
  item: HeardMedia;
  model: ModelSummary;
  range: Segment;
  question: string;
  modality: Modality;
  scope: LookScope;
  /** Of the talk so far, oldest first. */
  exchanges: readonly Exchange[];
  generation?: GenerationOptions;
  /** What those said who were asked before, and did not know. */
  declined?: AnswerOutput;
}

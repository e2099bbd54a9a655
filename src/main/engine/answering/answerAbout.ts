/** One question about a range of a file: put to the model as it is, or to each scene of the range. */
import type { MediaItem } from '../../../contract/index.ts';
import { unlessAborted } from '../../channel/unlessAborted.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import { clipOf } from '../describeSegment.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import type { SearchNeeds } from '../search.ts';
import { answerByLooks } from './answerByLooks.ts';
import type { Asked } from './asked.ts';
import { chooseLooks, goesOn } from './chooseLooks.ts';
import type { Look } from './cutLooks.ts';
import { declineFollowUp, declineInWords } from './declineFollowUp.ts';
import { turnsAbout } from './earlierTurns.ts';
import type { RoundNeeds } from './lookRound.ts';
import { LookSpeed, type SpeedNeeds } from './lookSpeed.ts';

export interface AnswerNeeds extends SearchNeeds, RoundNeeds, SpeedNeeds {
  library: SearchNeeds['library'] & SpeedNeeds['library'] & Pick<LibraryApi, 'getMedia'>;
  hosts: SearchNeeds['hosts'] & RoundNeeds['hosts'];
}

export type AnswerContext = Pick<JobAttempt, 'signal' | 'progress'>;

export interface AnswerListener {
  onText?(text: string): void;
  /** What the model is doing, in words. */
  onStage?(stage: string): void;
  /** The answer so far, of an answer that is put together. */
  onPartial?(output: AnswerOutput): void;
}

export async function answerAbout(
  needs: AnswerNeeds,
  context: AnswerContext,
  asked: Asked,
  listener: AnswerListener = {},
): Promise<AnswerOutput> {
  const { item, model, modality, exchanges, generation } = asked;
  const { signal } = context;
  if (goesOn(asked) && !model.followsUp) return declineFollowUp(asked);
  await context.progress(0, 'finding scenes');
  const chosen = await chooseLooks(needs.library, asked, signal);
  if (typeof chosen === 'string') return declineInWords(asked, chosen, 'eos'); // every model would say the same
  const { looks, range, question } = chosen;
  const speed = await LookSpeed.open(needs, model.version);
  if (looks.length > 1) {
    return answerByLooks({ ...asked, ...listener, question, needs, context, looks, unit: unitOf(item, looks), speed });
  }

  await context.progress(0, 'loading the model');
  const { api } = await unlessAborted(needs.hosts.model(model.folder), signal);
  await context.progress(0.1, 'looking and listening');
  const history = turnsAbout(exchanges, range);
  const input = { clip: clipOf(item, range), question, modality, generation, history };
  const { onText, onStage } = listener;
  const output = await api.answer(input, { signal, onText, onStage });
  speed.learn(output);
  await speed.keep();
  return output;
}

function unitOf(item: MediaItem, looks: readonly Look[]): 'scene' | 'stretch' {
  const isByScene = looks.every((look, at) => at === 0 || look.scene.startSec !== looks[at - 1]?.scene.startSec);
  return isByScene && item.kind === 'video' ? 'scene' : 'stretch';
}

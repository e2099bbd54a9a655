/** The `ask` job: a question about a clip -> an answer that streams into its conversation. */
import * as z from 'zod';
import {
  type EngineEvent,
  generationSchema,
  type JobResults,
  type LookScope,
  modalitySchema,
  toErrorInfo,
} from '../../../contract/index.ts';
import { ignore } from '../../log/log.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import type { AnswerNeeds } from '../answering/answerAbout.ts';
import { answerers, isDeclined } from '../answering/answerers.ts';
import { factsBeside } from '../answering/answerFromIndex.ts';
import type { Asked } from '../answering/asked.ts';
import { exchangesBefore } from '../answering/earlierTurns.ts';
import { withAnswerSettings } from '../answerSettings.ts';
import type { ModelChoice } from '../modelChoice.ts';
import { withChosenSound } from '../playing/playerMemory.ts';
import { defineJob } from '../queue/defineJob.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import { storedProvenance, storedSegment } from './storedShapes.ts';

export interface AskNeeds extends AnswerNeeds {
  library: AnswerNeeds['library'] & Pick<LibraryApi, 'getConversation' | 'getSetting' | 'updateMessage'>;
  models: Pick<ModelChoice, 'active' | 'require'>;
  emit(event: EngineEvent): void;
}

const payload = z.object({
  mediaId: z.string(),
  segment: storedSegment,
  question: z.string(),
  modality: modalitySchema,
  conversationId: z.string(),
  /** The answer's message, which grows while the model speaks. */
  messageId: z.string(),
  scope: z.enum(['short', 'likeliest', 'all'] satisfies LookScope[]),
  generation: generationSchema.optional(),
});
export type AskPayload = z.infer<typeof payload>;

export const askJob = defineJob({
  kind: 'ask',
  lane: 'interactive',
  priority: 100,
  afterKill: 'fail',
  payload,
  result: z.object({
    text: z.string(),
    provenance: storedProvenance,
    conversationId: z.string(),
    messageId: z.string(),
  }),
  title: ({ question }) => question,
  run: answerQuestion,
  async withdrawn(needs: AskNeeds, _job, asked) {
    if (asked) await stopAnswer(needs, asked);
  },
});

type MessageChange = Parameters<LibraryApi['updateMessage']>[1];

async function answerQuestion(needs: AskNeeds, attempt: JobAttempt<AskPayload>): Promise<JobResults['ask']> {
  const { job, payload: asked, signal } = attempt;
  const { conversationId, messageId } = asked;
  let textSoFar = '';
  const onText = (text: string) => {
    textSoFar += text;
    needs.emit({ type: 'answerDelta', jobId: job.id, conversationId, messageId, text });
  };
  let partial: AnswerOutput | null = null;
  const onPartial = (output: AnswerOutput) => {
    partial = output;
  };
  const onStage = (stage: string) => void attempt.progress(0.2, stage).catch(ignore('an answer’s stage was not kept'));
  try {
    const about = await gather(needs, asked);
    const listener = { onText, onPartial, onStage };
    let output: AnswerOutput | undefined;
    for (const answer of answerers) {
      output = (await answer(needs, attempt, { ...about, declined: output }, listener)) ?? output;
      if (output && !isDeclined(output)) break;
    }
    const { text } = output as AnswerOutput;
    const provenance = await withFacts(needs, attempt, about, output as AnswerOutput);
    if (textSoFar === '') onText(text); // what was put together comes at once
    await changeAnswer(needs, asked, { text, state: 'done', provenance });
    return { text, provenance, conversationId, messageId };
  } catch (thrown) {
    const soFar = (partial as AnswerOutput | null) ?? { text: textSoFar };
    const end: MessageChange = signal.aborted ? { state: 'stopped' } : { state: 'failed', error: toErrorInfo(thrown) };
    await changeAnswer(needs, asked, { ...soFar, ...end });
    throw thrown;
  }
}

/** A full model's answer has what the index knows beside it; the sample model's world is all in its own words. */
async function withFacts(
  needs: AskNeeds,
  context: JobAttempt<AskPayload>,
  about: Asked,
  { provenance }: AnswerOutput,
): Promise<AnswerOutput['provenance']> {
  if (about.model.isSampleModel || provenance.stopReason !== 'eos') return provenance;
  const known = await factsBeside(needs, context, about).catch(ignore('the facts beside an answer were left out'));
  return known && known.length > 0 ? { ...provenance, known } : provenance;
}

/** The file, the model and the talk so far. */
async function gather({ library, models }: AskNeeds, asked: AskPayload): Promise<Asked> {
  const item = await withChosenSound(library, (await library.getMedia(asked.mediaId)).item);
  const model = await models.require();
  const { messages } = await library.getConversation(asked.conversationId);
  const exchanges = exchangesBefore(messages, asked.messageId);
  const generation = await withAnswerSettings(library, model, asked.generation);
  return { ...asked, generation, item, model, range: asked.segment, exchanges };
}

/** An answer that nobody will write does not go on "streaming". */
async function stopAnswer(needs: AskNeeds, asked: AskPayload): Promise<void> {
  const talk = await needs.library.getConversation(asked.conversationId).catch(() => null);
  const answer = talk?.messages.find(({ id }) => id === asked.messageId);
  if (answer?.state === 'streaming') await changeAnswer(needs, asked, { state: 'stopped' });
}

async function changeAnswer({ library, emit }: AskNeeds, asked: AskPayload, change: MessageChange): Promise<void> {
  const { conversationId, mediaId, messageId } = asked;
  await library.updateMessage(messageId, change);
  emit({ type: 'conversationChanged', conversationId, mediaId });
}

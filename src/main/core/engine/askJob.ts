/** The `ask` job: a question about a clip -> an answer that streams into its conversation. */
import type { GenerationOptions, JobResult, LookScope, Modality, Segment } from '../../../contract/index.ts';
import { toErrorInfo } from '../../../contract/index.ts';
import type { JobRunner } from '../jobs/jobRunner.ts';
import type { AnswerOutput } from '../ports/modelHostApi.ts';
import { answerAbout } from './answering/answerAbout.ts';
import { exchangesBefore } from './answering/earlierTurns.ts';
import type { EngineContext } from './engineContext.ts';

export interface AskPayload {
  mediaId: string;
  segment: Segment;
  question: string;
  modality: Modality;
  conversationId: string;
  /** The answer's message, which grows while the model speaks. */
  messageId: string;
  scope: LookScope;
  generation?: GenerationOptions;
}

export function askRunner(engine: EngineContext): JobRunner {
  return async (job, context) => {
    const payload = job.payload as AskPayload;
    const { conversationId, messageId } = payload;
    let heard = '';
    const onText = (text: string) => {
      heard += text;
      engine.emit({ type: 'answerDelta', jobId: job.id, conversationId, messageId, text });
    };
    let partial: AnswerOutput | null = null;
    const finish = (change: Parameters<EngineContext['library']['updateMessage']>[1]) =>
      finishMessage(engine, payload, change);
    try {
      const { item } = await engine.library.getMedia(payload.mediaId);
      const model = await engine.models.require();
      const { messages } = await engine.library.getConversation(conversationId);
      const exchanges = exchangesBefore(messages, messageId);
      const asked = { ...payload, item, model, range: payload.segment, exchanges };
      const output = await answerAbout(engine, context, asked, {
        onText,
        onStage: (stage) => void context.progress(0.2, stage).catch(() => {}),
        onPartial: (output) => {
          partial = output;
        },
      });
      if (heard === '') onText(output.text); // what was put together comes at once
      await finish({ text: output.text, state: 'done', provenance: output.provenance });
      return resultOf(payload, output);
    } catch (thrown) {
      const soFar = (partial as AnswerOutput | null) ?? { text: heard };
      if (context.signal.aborted) await finish({ ...soFar, state: 'stopped' });
      else await finish({ ...soFar, state: 'failed', error: toErrorInfo(thrown) });
      throw thrown;
    }
  };
}

async function finishMessage(
  engine: EngineContext,
  payload: AskPayload,
  change: Parameters<EngineContext['library']['updateMessage']>[1],
): Promise<void> {
  await engine.library.updateMessage(payload.messageId, change);
  const { conversationId, mediaId } = payload;
  engine.emit({ type: 'conversationChanged', conversationId, mediaId });
}

function resultOf(payload: AskPayload, output: AnswerOutput): JobResult {
  const { conversationId, messageId } = payload;
  return { text: output.text, provenance: output.provenance, conversationId, messageId };
}

/** The `ask` job: a question about a clip -> an answer that streams into its conversation. */
import type { GenerationOptions, JobResult, Message, Modality, Segment } from '../../../contract/index.ts';
import { toErrorInfo } from '../../../contract/index.ts';
import type { JobContext, JobRunner } from '../jobs/jobRunner.ts';
import type { StoredJob } from '../ports/libraryApi.ts';
import type { AnswerOutput } from '../ports/modelHostApi.ts';
import type { EngineContext } from './engineContext.ts';
import { clipOf } from './readSegment.ts';

export interface AskPayload {
  mediaId: string;
  segment: Segment;
  question: string;
  modality: Modality;
  conversationId: string;
  /** The answer's message, which grows while the model speaks. */
  messageId: string;
  generation?: GenerationOptions;
}

export function askRunner(engine: EngineContext): JobRunner {
  return async (job, context) => {
    const payload = job.payload as AskPayload;
    const { conversationId, messageId } = payload;
    const heard = engine.deltas.listen(job.id, { conversationId, messageId }, (stage) => {
      if (!context.signal.aborted) void context.progress(0.2, stage).catch(() => {});
    });
    const finish = (change: Parameters<EngineContext['library']['updateMessage']>[1]) =>
      finishMessage(engine, payload, change);
    try {
      const output = await answer(engine, job, context, payload);
      const state: Message['state'] = output.provenance.stopReason === 'cancelled' ? 'stopped' : 'done';
      await finish({ text: output.text, state, provenance: output.provenance });
      return resultOf(payload, output);
    } catch (thrown) {
      if (context.signal.aborted) await finish({ text: heard.text(), state: 'stopped' });
      else await finish({ text: heard.text(), state: 'failed', error: toErrorInfo(thrown) });
      throw thrown;
    } finally {
      heard.stop();
    }
  };
}

async function answer(
  engine: EngineContext,
  job: StoredJob,
  context: JobContext,
  payload: AskPayload,
): Promise<AnswerOutput> {
  const { item } = await engine.library.getMedia(payload.mediaId);
  const bundle = await engine.models.require();
  await context.progress(0, 'loading the model');
  const { api } = await engine.hosts.model(bundle.folder, engine.providers);
  context.signal.throwIfAborted();
  await context.progress(0.1, 'looking and listening');
  const input = {
    clip: clipOf(item, payload.segment),
    question: payload.question,
    modality: payload.modality,
    generation: payload.generation,
  };
  return engine.hosts.stoppable(api.answer(job.id, input), context.signal, () => api.cancel(job.id), 'model');
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

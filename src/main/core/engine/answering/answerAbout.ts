/** One question about a range of a file: put to the model as it is, or to each scene of the range. */
import type {
  GenerationOptions,
  LookScope,
  MediaItem,
  Modality,
  ModelSummary,
  Segment,
} from '../../../../contract/index.ts';
import type { JobContext } from '../../jobs/jobRunner.ts';
import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import type { EngineContext } from '../engineContext.ts';
import { clipOf } from '../readSegment.ts';
import { unlessAborted } from '../unlessAborted.ts';
import { answerByLooks } from './answerByLooks.ts';
import { cutLooks } from './cutLooks.ts';
import { LookSpeed } from './lookSpeed.ts';
import { scenesOf } from './scenesOf.ts';

export interface Asked {
  item: MediaItem;
  model: ModelSummary;
  range: Segment;
  question: string;
  modality: Modality;
  scope: LookScope;
  generation?: GenerationOptions;
}

export interface AnswerListener {
  /** The request whose streamed text is the answer's own. */
  requestId: string;
  onText(text: string): void;
  /** The answer so far, of an answer that is put together. */
  onPartial(output: AnswerOutput): void;
}

export async function answerAbout(
  engine: EngineContext,
  context: JobContext,
  asked: Asked,
  listener: AnswerListener,
): Promise<AnswerOutput> {
  const { item, model, range } = asked;
  await context.progress(0, 'finding scenes');
  const scenes = await scenesOf(engine, item, context.signal);
  const looks = item.kind === 'image' ? [] : cutLooks(scenes, range, model.longestLookSec);
  if (looks.length < 2) return answerInOneLook(engine, context, asked, listener);
  const isByScene = looks.every((look, at) => at === 0 || look.scene.startSec !== looks[at - 1]?.scene.startSec);
  return answerByLooks({
    ...asked,
    ...listener,
    engine,
    context,
    looks,
    unit: isByScene ? 'scene' : 'stretch',
    speed: await LookSpeed.open(engine, model.version),
  });
}

async function answerInOneLook(
  engine: EngineContext,
  context: JobContext,
  { item, model, range, question, modality, generation }: Asked,
  { requestId }: AnswerListener,
): Promise<AnswerOutput> {
  await context.progress(0, 'loading the model');
  const { api } = await unlessAborted(engine.hosts.model(model.folder, engine.providers), context.signal);
  context.signal.throwIfAborted();
  await context.progress(0.1, 'looking and listening');
  const work = api.answer(requestId, { clip: clipOf(item, range), question, modality, generation });
  return engine.hosts.stoppable(work, context.signal, () => api.cancel(requestId), 'model');
}

/** The `caption` job: one clip -> a description, without a conversation. */
import type { GenerationOptions, Segment } from '../../../contract/index.ts';
import type { JobRunner } from '../jobs/jobRunner.ts';
import { captionQuestion } from '../tasks/captionQuestion.ts';
import { answerAbout } from './answering/answerAbout.ts';
import type { EngineContext } from './engineContext.ts';

export interface CaptionPayload {
  mediaId: string;
  segment: Segment;
  generation?: GenerationOptions;
}

/** A clip of several scenes is described scene by scene, as a question about it is answered. */
export function captionRunner(engine: EngineContext): JobRunner {
  return async (job, context) => {
    const { mediaId, segment, generation } = job.payload as CaptionPayload;
    const { item } = await engine.library.getMedia(mediaId);
    const model = await engine.models.require();
    const question = captionQuestion(item);
    const asked = {
      item,
      model,
      range: segment,
      question,
      modality: 'auto',
      scope: 'all',
      exchanges: [],
      generation,
    } as const;
    const output = await answerAbout(engine, context, asked);
    return { text: output.text, provenance: output.provenance };
  };
}

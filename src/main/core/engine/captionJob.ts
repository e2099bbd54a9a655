/** The `caption` job: one clip -> a description, without a conversation. */
import type { GenerationOptions, Segment } from '../../../contract/index.ts';
import type { JobRunner } from '../jobs/jobRunner.ts';
import type { EngineContext } from './engineContext.ts';
import { clipOf } from './readSegment.ts';

export interface CaptionPayload {
  mediaId: string;
  segment: Segment;
  generation?: GenerationOptions;
}

export function captionRunner(engine: EngineContext): JobRunner {
  return async (job, context) => {
    const payload = job.payload as CaptionPayload;
    const { item } = await engine.library.getMedia(payload.mediaId);
    const bundle = await engine.models.require();
    await context.progress(0, 'loading the model');
    const { api } = await engine.hosts.model(bundle.folder, engine.providers);
    context.signal.throwIfAborted();
    await context.progress(0.1, 'describing');
    const work = api.caption(job.id, clipOf(item, payload.segment), payload.generation);
    const output = await engine.hosts.stoppable(work, context.signal, () => api.cancel(job.id), 'model');
    return { text: output.text, provenance: output.provenance };
  };
}

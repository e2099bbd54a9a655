/** The `caption` job: one clip -> a description, without a conversation. */
import * as z from 'zod';
import { generationSchema } from '../../../contract/index.ts';
import { captionQuestion } from '../../answering/tasks/captionQuestion.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import { type AnswerNeeds, answerAbout } from '../answering/answerAbout.ts';
import { isDeclined } from '../answering/answerers.ts';
import { answerFromIndex } from '../answering/answerFromIndex.ts';
import { withAnswerSettings } from '../answerSettings.ts';
import type { ModelChoice } from '../modelChoice.ts';
import { withChosenSound } from '../playing/playerMemory.ts';
import { defineJob } from '../queue/defineJob.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import { storedProvenance, storedSegment } from './storedShapes.ts';

export interface CaptionNeeds extends AnswerNeeds {
  library: AnswerNeeds['library'] & Pick<LibraryApi, 'getSetting'>;
  models: Pick<ModelChoice, 'active' | 'require'>;
}

const payload = z.object({
  mediaId: z.string(),
  segment: storedSegment,
  generation: generationSchema.optional(),
});
type CaptionPayload = z.infer<typeof payload>;

export const captionJob = defineJob({
  kind: 'caption',
  lane: 'interactive',
  priority: 90,
  afterKill: 'fail',
  payload,
  result: z.object({ text: z.string(), provenance: storedProvenance }),
  title: (_payload, fileName = 'a clip') => fileName,
  run: describeClip,
});

/** A clip of several scenes is described scene by scene, as a question about it is answered; of unknown footage the index tells. */
async function describeClip(needs: CaptionNeeds, attempt: JobAttempt<CaptionPayload>) {
  const { mediaId, segment, generation } = attempt.payload;
  const item = await withChosenSound(needs.library, (await needs.library.getMedia(mediaId)).item);
  const model = await needs.models.require();
  const question = captionQuestion(item);
  const asked = {
    ...{ item, model, range: segment, question },
    generation: await withAnswerSettings(needs.library, model, generation),
    ...({ modality: 'auto', scope: 'all', exchanges: [] } as const),
  };
  const described = await answerAbout(needs, attempt, asked);
  const account = { ...asked, question: 'What happens?', declined: described };
  const told = isDeclined(described) ? await answerFromIndex(needs, attempt, account) : null;
  const { text, provenance } = told ?? described;
  return { text, provenance };
}

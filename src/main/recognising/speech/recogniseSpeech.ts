/** Speech as a recogniser: when somebody speaks; not who, and not what. */
import type { Segment } from '../../../contract/index.ts';
import { findSpeechModel } from '../modelFiles.ts';
import type { Finding, OpenedRecogniser, OpenOptions, Recogniser } from '../recogniser.ts';
import { openSpeechModel, type SpeechModel, sampleRate } from './speechModel.ts';
import { type SpeechSpan, speechSpans } from './speechSpans.ts';

export const speechRecogniser: Recogniser = {
  name: 'speech',
  source: 'Silero VAD',
  needs: 'sound',
  gives: 'speech',
  lacking: 'speech is not recognised',
  stage: 'listening for speech',
  open,
};

/** Below this mean, singing, a crowd in a bar or the wind are as likely: recorded speech was heard with 0.9 and more. */
const sure = 0.8;
/** The search knows these words under others ("someone speaks"), see `library/search/synonyms.ts`. */
const wording = { sure: 'a speaking voice', likely: 'speech likely' };

async function open({ folder, threads }: OpenOptions): Promise<OpenedRecogniser> {
  const model = await openSpeechModel(findSpeechModel(folder), threads);
  return {
    needs: 'sound',
    sampleRate,
    listen: (samples, segment) => listen(model, samples, segment),
    release: () => model.release(),
  };
}

async function listen(model: SpeechModel, samples: Float32Array, segment: Segment): Promise<Finding[]> {
  if (samples.every((sample) => sample === 0)) return []; // a muted track costs nothing
  return speechSpans(await model.likelihoods(samples), segment).map(toFinding);
}

function toFinding(span: SpeechSpan): Finding {
  return { ...span, text: span.confidence >= sure ? wording.sure : wording.likely };
}

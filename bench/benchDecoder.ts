/** The language model alone: prefill, one token, and what the copies of the cache cost at each token. */
import { ensureCapacity } from '../src/main/core/model/kvCache.ts';
import { loadVideoLlama } from '../src/main/core/tasks/loadVideoLlama.ts';
import { minimumOf, secondsOf } from './repeat.ts';
import type { Row } from './report.ts';

const PROMPT = 256; // positions
const STEPS = 16; // tokens per measurement

export async function benchDecoder(bundleFolder: string, runs: number): Promise<Row[]> {
  const { languageModel, close } = await loadVideoLlama({ bundleFolder, providers: ['cpu'] });
  const { hiddenSize, cacheShape, maxLength } = languageModel;
  const prompt = Float32Array.from({ length: PROMPT * hiddenSize }, (_, i) => Math.sin(i * 1.7) / 10);

  /** Seconds per token after the prompt, with room for so many positions. */
  const perToken = async (capacity: number) => {
    const cache = languageModel.newCache();
    ensureCapacity(cache, cacheShape, capacity);
    const decoder = languageModel.continueFrom(cache);
    await decoder.prefill(prompt);
    return (await secondsOf(() => steps(decoder.decodeStep))) / STEPS;
  };
  const prefill = await minimumOf(runs, () =>
    secondsOf(() => languageModel.continueFrom(languageModel.newCache()).prefill(prompt)),
  );
  const tight = PROMPT + 32;
  const token = await minimumOf(runs, () => perToken(tight));
  const roomy = await minimumOf(runs, () => perToken(maxLength));
  await close();

  // The operators' own work does not depend on empty room: what grows with it is the copying.
  const perPosition = Math.max(0, roomy - token) / (maxLength - tight);
  return [
    { what: `prefill of ${PROMPT} positions`, value: PROMPT / prefill, unit: 'positions/s' },
    { what: `decode step after ${PROMPT} positions`, value: token * 1000, unit: 'ms' },
    { what: 'copies of the cache in a decode step', value: (perPosition * tight) / token, unit: '', target: '≤ 0.05' },
  ];
}

async function steps(decodeStep: (tokenId: number) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < STEPS; i++) await decodeStep(i);
}

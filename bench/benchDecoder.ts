/** The language model alone: prefill, one token, and what a token costs outside of ONNX Runtime's own work. */
import { join } from 'node:path';
import { pastTensors } from '../src/main/answering/model/cacheTensors.ts';
import type { LanguageModel } from '../src/main/answering/model/decoder.ts';
import { createKvCache, ensureCapacity } from '../src/main/answering/model/kvCache.ts';
import { openSession, type TensorLike } from '../src/main/answering/model/session.ts';
import { loadVideoLlama } from '../src/main/answering/tasks/loadVideoLlama.ts';
import { minimumOf, secondsOf } from './repeat.ts';
import type { Row } from './report.ts';

const PROMPT = 256; // positions
const STEPS = 16; // tokens per measurement

export async function benchDecoder(bundleFolder: string, runs: number): Promise<Row[]> {
  const { languageModel, manifest, close } = await loadVideoLlama({ bundleFolder, providers: ['cpu'] });
  const { hiddenSize } = languageModel;
  const prompt = Float32Array.from({ length: PROMPT * hiddenSize }, (_, i) => Math.sin(i * 1.7) / 10);

  const prefill = await minimumOf(runs, () =>
    secondsOf(() => languageModel.continueFrom(languageModel.newCache()).prefill(prompt)),
  );
  const decoder = languageModel.continueFrom(languageModel.newCache());
  await decoder.prefill(prompt);
  const bare = await bareRun(join(bundleFolder, manifest.graphs.decoder.file), languageModel);
  const times = { step: Infinity, run: Infinity };
  for (let i = 0; i < runs * STEPS; i++) {
    times.step = Math.min(times.step, await secondsOf(() => decoder.decodeStep(i)));
    times.run = Math.min(times.run, await secondsOf(bare.run));
  }
  await bare.close();
  await close();
  return [
    { what: `prefill of ${PROMPT} positions`, value: PROMPT / prefill, unit: 'positions/s' },
    { what: `decode step after ${PROMPT} positions`, value: times.step * 1000, unit: 'ms' },
    {
      what: 'of a decode step, what is not the bare run: embeddings, copies, cache',
      value: Math.max(0, 1 - times.run / times.step),
      unit: '',
      target: '≤ 0.05',
    },
  ];
}

/** One position after the prompt through the graph and nothing else: made inputs, no keys and values given back. */
async function bareRun(graphFile: string, { hiddenSize, cacheShape }: LanguageModel) {
  const session = await openSession(graphFile, { providers: ['cpu'] });
  const cache = createKvCache(cacheShape);
  ensureCapacity(cache, cacheShape, PROMPT + 1);
  const feeds: Record<string, TensorLike> = {
    inputs_embeds: { data: new Float32Array(hiddenSize).fill(0.1), dims: [1, 1, hiddenSize] },
    past_length: { data: BigInt64Array.of(BigInt(PROMPT)), dims: [] },
    ...pastTensors(cache, cacheShape),
  };
  return { run: () => session.run(feeds, ['logits']), close: () => session.close() };
}

/** Playhead's engine with the language model of a bundle: `playheadSide.ts <bundle folder>`, started by side.ts. */
import { prefillInChunks } from '../../src/main/answering/generate/prefill.ts';
import { bytesOf } from '../../src/main/answering/model/cacheKeeper.ts';
import { openLanguageModel } from '../../src/main/answering/model/decoder.ts';
import { readBundleManifest } from '../../src/main/models/bundleManifest.ts';
import { requireKind } from '../../src/main/models/kinds/bundleKinds.ts';
import { secondsOf } from '../repeat.ts';
import { type Passage, type Reading, serveSide } from './side.ts';

await serveSide(async () => {
  const bundleFolder = process.argv[2] as string;
  const manifest = requireKind(await readBundleManifest(bundleFolder), 'videollama2', bundleFolder);
  const model = await openLanguageModel(bundleFolder, manifest, { providers: ['cpu'] });

  return async ({ prompt, tokens }: Passage): Promise<Reading> => {
    const cache = model.newCache();
    const decoder = model.continueFrom(cache);
    let token = 0;
    const prefillSeconds = await secondsOf(async () => {
      token = likeliest(await prefillInChunks(decoder, model.embed(prompt)));
    });
    const all = await secondsOf(async () => {
      for (let i = 0; i < tokens; i++) token = likeliest(await decoder.decodeStep(token));
    });
    const filled = (prompt.length + tokens / 2) / cache.capacity;
    return { prefillSeconds, stepSeconds: all / tokens, cacheBytes: bytesOf(cache) * filled };
  };
});

function likeliest(logits: Float32Array): number {
  let best = 0;
  for (let id = 1; id < logits.length; id++) if ((logits[id] as number) > (logits[best] as number)) best = id;
  return best;
}

/** The slice of input that both halves of a dual encoder are compared on: two frames and a few words. */
import { join } from 'node:path';
import { openMedia } from '../../media/openMedia.ts';
import type { DualEncoderManifest } from '../../models/bundleManifest.ts';
import { type DualEncoder, openDualEncoder } from '../model/dualEncoder.ts';
import { processImages } from '../preprocess/imageProcessor.ts';
import type { TextTokenizer } from '../preprocess/text/textTokenizer.ts';
import type { Judge } from './lookAtParts.ts';

const FRAMES = 2;
const WORDS = 'a red circle moves to the left';
const onCpu = { providers: ['cpu'] };

export async function lookAtEmbedder(
  { folder, manifest, tokenizer }: { folder: string; manifest: DualEncoderManifest; tokenizer: TextTokenizer },
  judge: Judge,
  clip: string,
): Promise<void> {
  const { image, text } = manifest.graphs;
  const media = await openMedia(clip);
  const { frames } = await media.sampledFrames({ numFrames: FRAMES });
  const pixelValues = processImages(frames, manifest.preprocessing.vision);
  await judge('image', {
    open: (options) => openDualEncoder(folder, manifest, options, onCpu),
    run: async (encoder) =>
      Object.fromEntries((await encoder.embedImages(pixelValues)).map((v, i) => [`vector ${i}`, v])),
    graph: image,
    graphFile: join(folder, image.file),
  });
  const ids = tokenizer.encodeWithSpecialTokens(WORDS);
  await judge('text', {
    open: async (options) => textHalfOf(await openDualEncoder(folder, manifest, onCpu, options)),
    run: async ({ embedTokens }) => ({ vector: await embedTokens(ids) }),
    graph: text,
    graphFile: join(folder, text.file),
  });
}

function textHalfOf(encoder: DualEncoder) {
  const { embedTokens, close } = encoder;
  return {
    get provider() {
      return encoder.textProvider;
    },
    embedTokens,
    close,
  };
}

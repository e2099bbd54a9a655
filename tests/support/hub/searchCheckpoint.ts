/** A small SigLIP with random weights and the words of one sentence: what a published one is, a few kilobytes large. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const fixture = join(import.meta.dirname, '..', '..', 'fixtures', 'parity', 'siglip-dual');
const words = ['[PAD]', '[EOS]', '[UNK]', 'a', 'red', 'circle', 'moves', 'to', 'the', 'left'];

export async function writeSearchCheckpoint(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of ['config.json', 'model.safetensors', 'preprocessor_config.json'])
    await cp(join(fixture, name), join(folder, name));
  const vocab = Object.fromEntries(words.map((word, id) => [word, id]));
  const tokenizer = {
    version: '1.0',
    added_tokens: [],
    ...{ truncation: null, padding: null, post_processor: null, decoder: null },
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab,
    },
  };
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  await writeFile(join(folder, 'tokenizer_config.json'), '{}');
  return folder;
}

/** The small files of a checkpoint that a bundle takes over as they are. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problems } from '../problems.ts';

export interface WantedFile {
  name: string;
  required: boolean;
}

export const tokenizerFiles: WantedFile[] = [
  { name: 'tokenizer.json', required: true },
  { name: 'tokenizer_config.json', required: true },
  // Older checkpoints keep the template inside tokenizer_config.json.
  { name: 'chat_template.jinja', required: false },
  { name: 'generation_config.json', required: false },
];

export async function copiesOf(
  folder: string,
  files: WantedFile[],
  problems: Problems,
): Promise<{ from: string; to: string }[]> {
  const copies: { from: string; to: string }[] = [];
  for (const { name, required } of files) {
    const from = join(folder, name);
    const found = await stat(from).catch(() => null);
    if (found?.isFile() && found.size > 0) copies.push({ from, to: name });
    else if (found || required) problems.add(`${name} is ${found ? 'empty' : 'missing'}`);
  }
  return copies;
}

/** The small files of a checkpoint that a bundle takes over as they are. */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import * as z from 'zod';
import { LARGEST_TEXT_FILE, whyRefused } from '../../ports/regularFile.ts';
import type { Problems } from '../problems.ts';
import { readJson } from './readJson.ts';

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
    if (found && !(await belongsTo(folder, from))) problems.add(`${name} is a link to a file outside the checkpoint`);
    else if (found === null) {
      if (required) problems.add(`${name} is missing`);
    } else {
      const refused =
        found.isFile() && found.size === 0 ? 'is empty' : whyRefused(found, { mostBytes: LARGEST_TEXT_FILE });
      if (refused === null) copies.push({ from, to: name });
      else problems.add(`${name} ${refused}`);
    }
  }
  return copies;
}

/**
 * A link may lead to any file of the person's. Followed is one within the checkpoint, and one of the Hugging Face cache:
 * there a checkpoint is `snapshots/<revision>/`, whose files are links into `blobs/` two folders above.
 */
async function belongsTo(folder: string, file: string): Promise<boolean> {
  const [home, target] = await Promise.all([realpath(folder), realpath(file)]);
  const isSnapshot = basename(dirname(home)) === 'snapshots';
  const places = isSnapshot ? [home, join(dirname(dirname(home)), 'blobs')] : [home];
  return places.some((place) => target.startsWith(place + sep));
}

const tokenizerSchema = z.object({ model: z.looseObject({}) });
const tokenizerConfigSchema = z.object({
  chat_template: z.union([z.string(), z.array(z.object({ name: z.string(), template: z.string() }))]).nullish(),
});

/** A language model without a tokenizer or a chat template would fail at its first question. */
export async function checkTokenizer(folder: string, problems: Problems): Promise<void> {
  await readJson(folder, 'tokenizer.json', tokenizerSchema, problems);
  const config = await readJson(folder, 'tokenizer_config.json', tokenizerConfigSchema, problems);
  const alone = await stat(join(folder, 'chat_template.jinja')).catch(() => null);
  if (config && !alone && !config.chat_template)
    problems.add('there is no chat template (neither chat_template.jinja nor one in tokenizer_config.json)');
}

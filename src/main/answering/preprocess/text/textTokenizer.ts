/** The checkpoint's own tokenizer, read from its tokenizer.json and tokenizer_config.json. */
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { PlayheadError } from '../../../../contract/errors.ts';
import { LARGEST_TEXT_FILE, readRegularFile } from '../../../ports/regularFile.ts';
import { splitAtCuts } from './typedText.ts';
import { tookTooLong, withinTime } from './withinTime.ts';

export interface TextTokenizer {
  /** Special tokens are recognised where the text spells them (not across a mark of `typedText.ts`), and none is added. */
  encode(text: string): number[];
  /** As `encode`, with the tokens that the tokenizer itself puts around a text (what dual encoders are trained on). */
  encodeWithSpecialTokens(text: string): number[];
  /** "<|im_end|>", "</s>", …: texts that stand for one token each, and that nobody may give to the model by typing them. */
  controlTokens: string[];
  /** Special tokens are left out. */
  decode(tokenIds: number[]): string;
  /** "<s>", "</s>", …: what a chat template may name. */
  specialTokens: Record<string, string>;
  /** A chat template in tokenizer_config.json, when it has one. */
  chatTemplate: string | null;
}

/**
 * @param folder with tokenizer.json and, when there is one, tokenizer_config.json
 * @throws PlayheadError `model-invalid` when they cannot be read
 */
export async function loadTextTokenizer(folder: string): Promise<TextTokenizer> {
  const tokenizerJson = await readJson(join(folder, 'tokenizer.json'));
  const config = (await readJson(join(folder, 'tokenizer_config.json'), {})) as Record<string, unknown>;
  try {
    return createTextTokenizer(tokenizerJson as object, config);
  } catch (cause) {
    throw new PlayheadError(
      { code: 'model-invalid', message: 'The tokenizer of this model could not be used.', file: folder },
      { cause },
    );
  }
}

export function createTextTokenizer(tokenizerJson: object, config: Record<string, unknown>): TextTokenizer {
  const tokenizer = new Tokenizer(tokenizerJson, config);
  return {
    encode: (text) =>
      splitAtCuts(text)
        .filter((part) => part !== '')
        .flatMap((part) => withinPatience(() => tokenizer.encode(part, { add_special_tokens: false }).ids)),
    encodeWithSpecialTokens: (text) => withinPatience(() => tokenizer.encode(text).ids),
    controlTokens: controlTokens(tokenizerJson),
    decode: (tokenIds) =>
      tokenIds.length === 0
        ? ''
        : tokenizer.decode(tokenIds, { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
    specialTokens: specialTokens(config),
    chatTemplate: defaultTemplate(config.chat_template),
  };
}

/** What the tokenizer.json itself marks as special. */
function controlTokens(tokenizerJson: object): string[] {
  const { added_tokens: added } = tokenizerJson as { added_tokens?: unknown };
  if (!Array.isArray(added)) return [];
  const special = added.filter((token) => isRecord(token) && token.special === true);
  return special.map(({ content }) => String(content)).filter((content) => content.length > 1);
}

function withinPatience<T>(work: () => T): T {
  try {
    return withinTime(work);
  } catch (cause) {
    if (!tookTooLong(cause)) throw cause;
    throw new PlayheadError(
      {
        code: 'model-invalid',
        message: 'The tokenizer of this model does not come to an end with this text.',
        hint: 'Take another model, or import this one again from its source.',
      },
      { cause },
    );
  }
}

/** A token is written as a string, or as an object with its `content`. */
function specialTokens(config: Record<string, unknown>): Record<string, string> {
  const tokens: Record<string, string> = {};
  for (const name of ['bos_token', 'eos_token', 'unk_token', 'pad_token']) {
    const token = config[name];
    if (typeof token === 'string') tokens[name] = token;
    else if (isRecord(token) && typeof token.content === 'string') tokens[name] = token.content;
  }
  return tokens;
}

/** One template, or a list of named ones of which "default" is meant. */
function defaultTemplate(template: unknown): string | null {
  if (typeof template === 'string') return template;
  if (!Array.isArray(template)) return null;
  const named = template.find((entry) => isRecord(entry) && entry.name === 'default');
  return isRecord(named) && typeof named.template === 'string' ? named.template : null;
}

async function readJson(file: string, missing?: unknown): Promise<unknown> {
  try {
    return JSON.parse((await readRegularFile(file, LARGEST_TEXT_FILE)).toString('utf8'));
  } catch (cause) {
    if (missing !== undefined && (cause as NodeJS.ErrnoException).code === 'ENOENT') return missing;
    if (cause instanceof PlayheadError) throw cause;
    throw new PlayheadError(
      { code: 'model-invalid', message: 'A file of the tokenizer is missing or damaged.', file },
      { cause },
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

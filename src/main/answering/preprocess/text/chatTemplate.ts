/** The checkpoint's chat template (Jinja), rendered as transformers' `apply_chat_template` does. */
import { join } from 'node:path';
import { Template } from '@huggingface/jinja';
import { PlayheadError } from '../../../../contract/errors.ts';
import { LARGEST_TEXT_FILE, readRegularFile } from '../../../ports/regularFile.ts';
import type { TextTokenizer } from './textTokenizer.ts';
import { tookTooLong, withinTime } from './withinTime.ts';

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** Messages to the text that the model reads, up to where its own turn begins. */
export type ChatTemplate = (messages: readonly ChatMessage[]) => string;

/**
 * chat_template.jinja of the folder, else the template in tokenizer_config.json.
 * @throws PlayheadError `model-invalid` when there is none or it cannot be parsed
 */
export async function loadChatTemplate(folder: string, tokenizer: TextTokenizer): Promise<ChatTemplate> {
  const file = join(folder, 'chat_template.jinja');
  const source = await readRegularFile(file, LARGEST_TEXT_FILE).then(String, (thrown: unknown) => {
    if (thrown instanceof PlayheadError) throw thrown;
    return tokenizer.chatTemplate;
  });
  if (source === null) {
    throw new PlayheadError({ code: 'model-invalid', message: 'This model has no chat template.', file: folder });
  }
  return createChatTemplate(source, tokenizer.specialTokens, file);
}

export function createChatTemplate(source: string, specialTokens: Record<string, string>, file?: string): ChatTemplate {
  const template = guard(() => new Template(source), file);
  return (messages) => guard(() => template.render({ ...specialTokens, messages, add_generation_prompt: true }), file);
}

function guard<T>(work: () => T, file: string | undefined): T {
  try {
    return withinTime(work);
  } catch (cause) {
    const message = tookTooLong(cause)
      ? 'The chat template of this model does not come to an end.'
      : 'The chat template of this model could not be used.';
    throw new PlayheadError(
      { code: 'model-invalid', message, file, hint: 'Take another model, or import this one again from its source.' },
      { cause },
    );
  }
}

/** Loaded before a helper's own program: every stack in which its tokenizer is asked is written to a file. */
import { appendFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';

Error.stackTraceLimit = 100;
const { encode } = Tokenizer.prototype;
Tokenizer.prototype.encode = function record(this: Tokenizer, ...args: Parameters<typeof encode>) {
  appendFileSync(process.env.PLAYHEAD_STACKS as string, `${JSON.stringify(new Error('here').stack)}\n`);
  return encode.apply(this, args);
} as typeof encode;

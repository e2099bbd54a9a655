import type { Decoder } from './decoder.ts';
import { generateTokens, type TokenStop } from './generateTokens.ts';
import type { GenerationSettings } from './settings.ts';
import { createStopStringFilter } from './stopStrings.ts';
import { createTextStreamer } from './textStreamer.ts';

export interface GeneratedText {
  text: string;
  newTokens: number;
  stopReason: TokenStop | 'stop-string';
}

export interface TextHooks {
  decode(tokenIds: number[]): string;
  /** Called with every stretch of text, whole characters only; joined they are `GeneratedText.text`. */
  onText?(text: string): void;
  signal?: AbortSignal;
}

/**
 * Tokens to text: streams what is generated until the model ends, a stop string comes or the limit is reached.
 * @throws the reason of `signal`, between two steps; what was told until then was the text so far
 * @param firstLogits (V) of the prompt's last position
 */
export async function generateText(
  decoder: Decoder,
  firstLogits: Float32Array,
  settings: GenerationSettings,
  hooks: TextHooks,
): Promise<GeneratedText> {
  const streamer = createTextStreamer(hooks.decode);
  const filter = createStopStringFilter(settings.stopStrings);
  const result: GeneratedText = { text: '', newTokens: 0, stopReason: 'length' };
  const show = (text: string) => {
    if (text === '') return;
    result.text += text;
    hooks.onText?.(text);
  };

  const tokens = generateTokens(decoder, firstLogits, settings, hooks.signal);
  while (true) {
    const next = await tokens.next();
    if (next.done) {
      result.stopReason = next.value;
      break;
    }
    result.newTokens += 1;
    show(filter.push(streamer.push(next.value)));
    if (filter.stopped) return { ...result, stopReason: 'stop-string' };
  }
  show(filter.push(streamer.flush()));
  if (filter.stopped) return { ...result, stopReason: 'stop-string' };
  show(filter.flush());
  return result;
}

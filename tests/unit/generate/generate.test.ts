import { describe, expect, test } from 'vitest';
import { cancelled } from '../../../src/contract/index.ts';
import type { Decoder } from '../../../src/main/answering/generate/decoder.ts';
import { generateText } from '../../../src/main/answering/generate/generateText.ts';
import { generateTokens } from '../../../src/main/answering/generate/generateTokens.ts';
import { prefillInChunks } from '../../../src/main/answering/generate/prefill.ts';
import { type GenerationSettings, resolveSettings } from '../../../src/main/answering/generate/settings.ts';

const EOS = 0;
const vocabulary = 128;
const certain = (id: number) => Float32Array.from({ length: vocabulary }, (_, i) => (i === id ? 10 : 0));

/** A model that says the ASCII text it is given, then ends. */
function tellingDecoder(text: string, maxLength = 1000) {
  const ids = [...text].map((letter) => letter.charCodeAt(0));
  let length = 1;
  const decoder: Decoder & { steps: number } = {
    hiddenSize: 2,
    maxLength,
    prefillChunk: 10,
    steps: 0,
    get length() {
      return length;
    },
    async prefill(inputsEmbeds) {
      length += inputsEmbeds.length / 2;
      return certain(ids[0] ?? EOS);
    },
    async decodeStep() {
      length += 1;
      decoder.steps += 1;
      return certain(ids[decoder.steps] ?? EOS);
    },
  };
  return decoder;
}

const settings = (changes: Partial<GenerationSettings> = {}) => ({
  ...resolveSettings({}, { eosTokenIds: [EOS] }),
  ...changes,
});
const decode = (ids: number[]) => String.fromCharCode(...ids);
const first = (text: string) => certain(text.charCodeAt(0));

describe('generation', () => {
  test('streams the text and ends at the end-of-sequence token', async () => {
    const pieces: string[] = [];
    const result = await generateText(tellingDecoder('two dogs'), first('t'), settings(), {
      decode,
      onText: (text) => pieces.push(text),
    });
    expect(result).toEqual({ text: 'two dogs', newTokens: 8, stopReason: 'eos' });
    expect(pieces.join('')).toBe('two dogs');
  });

  test('ends at the limit without computing logits that nobody reads', async () => {
    const decoder = tellingDecoder('two dogs');
    const result = await generateText(decoder, first('t'), settings({ maxNewTokens: 3 }), { decode });
    expect(result).toEqual({ text: 'two', newTokens: 3, stopReason: 'length' });
    expect(decoder.steps).toBe(2);
  });

  test('ends where the model has no room left', async () => {
    const result = await generateText(tellingDecoder('two dogs', 4), first('t'), settings(), { decode });
    expect(result).toMatchObject({ text: 'two ', stopReason: 'length' });
  });

  test('ends before a stop string, of which not even the beginning is shown', async () => {
    const pieces: string[] = [];
    const result = await generateText(
      tellingDecoder('a cat. STOP more'),
      first('a'),
      settings({ stopStrings: [' STOP'] }),
      {
        decode,
        onText: (text) => pieces.push(text),
      },
    );
    expect(result).toMatchObject({ text: 'a cat.', stopReason: 'stop-string' });
    expect(pieces.join('')).toBe('a cat.');
  });

  test('an abort ends it at the next step, with its reason; the text so far was told', async () => {
    const controller = new AbortController();
    let text = '';
    const stopped = generateText(tellingDecoder('two dogs run'), first('t'), settings(), {
      decode,
      onText(piece) {
        text += piece;
        if (text === 'two ') controller.abort(cancelled());
      },
      signal: controller.signal,
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expect(text).toBe('two ');
  });

  test('does not write into the logits that it was given', async () => {
    const logits = certain(5);
    const tokens = generateTokens(tellingDecoder('x'), logits, settings({ repetitionPenalty: 2, temperature: 1 }));
    await tokens.next();
    await tokens.return('length');
    expect(logits).toEqual(certain(5));
  });
});

describe('prefill', () => {
  test('reads every position once, in chunks', async () => {
    const decoder = tellingDecoder('x');
    expect(await prefillInChunks(decoder, new Float32Array(2 * 23))).toHaveLength(certain(5).length);
    expect(decoder.length).toBe(1 + 23);
  });

  test('stops between two chunks when it is aborted', async () => {
    const controller = new AbortController();
    const decoder = tellingDecoder('x');
    const prefill = decoder.prefill;
    decoder.prefill = async (inputsEmbeds) => {
      controller.abort();
      return prefill(inputsEmbeds);
    };
    const stopped = prefillInChunks(decoder, new Float32Array(2 * 23), { signal: controller.signal });
    await expect(stopped).rejects.toBe(controller.signal.reason);
    expect(decoder.length).toBe(1 + 10);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStopStringFilter } from '../../../src/main/answering/generate/stopStrings.ts';
import { createTextStreamer } from '../../../src/main/answering/generate/textStreamer.ts';

/** A tokenizer whose tokens are single bytes: every character beyond ASCII is spread over several. */
const decodeBytes = (ids: number[]) => new TextDecoder().decode(Uint8Array.from(ids));
const bytesOf = (text: string) => [...new TextEncoder().encode(text)];

describe('the text streamer', () => {
  test('gives out any text whole, and never half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        // TextDecoder takes a leading U+FEFF for a byte order mark; U+FFFD is what half a character looks like.
        fc.pre(!/[\ufeff\ufffd]/.test(text));
        const streamer = createTextStreamer(decodeBytes);
        const pieces = bytesOf(text).map((id) => streamer.push(id));
        for (const piece of pieces) expect(piece).not.toContain('\ufffd');
        expect(pieces.join('') + streamer.flush()).toBe(text);
      }),
    );
  });

  test('gives out an incomplete character at the end as a replacement character', () => {
    const streamer = createTextStreamer(decodeBytes);
    const pieces = bytesOf('é')
      .slice(0, 1)
      .map((id) => streamer.push(id));
    expect(pieces).toEqual(['']);
    expect(streamer.flush()).toBe('\ufffd');
  });

  test('keeps spaces that a tokenizer only shows between words', () => {
    const words = ['▁a', '▁small', '▁dog'];
    const decode = (ids: number[]) =>
      ids
        .map((id) => words[id])
        .join('')
        .replaceAll('▁', ' ')
        .replace(/^ /, '');
    const streamer = createTextStreamer(decode);
    expect([0, 1, 2].map((id) => streamer.push(id))).toEqual(['a', ' small', ' dog']);
  });
});

describe('the stop string filter', () => {
  test('shows the text up to the first stop string, however it is cut into pieces', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 30 });
    const stop = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 8 }), fc.array(stop, { maxLength: 3 }), (pieces, stops) => {
        const filter = createStopStringFilter(stops);
        let shown = '';
        for (const piece of pieces) {
          shown += filter.push(piece);
          for (const one of stops) expect(shown).not.toContain(one);
        }
        if (!filter.stopped) shown += filter.flush();
        const whole = pieces.join('');
        const places = stops.map((one) => whole.indexOf(one)).filter((place) => place >= 0);
        expect(filter.stopped).toBe(places.length > 0);
        expect(shown).toBe(places.length > 0 ? whole.slice(0, shown.length) : whole);
        if (places.length > 0) expect(stops.some((one) => whole.startsWith(one, shown.length))).toBe(true);
      }),
    );
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addIndexedFile, knows, openTestLibrary } from './libraryFixture.ts';
import { smallWorld } from './smallWorld.ts';

const ftsText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        "'",
        '*',
        ':',
        '^',
        '(',
        ')',
        'AND',
        'OR',
        'NOT',
        'NEAR(',
        'caption',
        '-',
        '+',
        '{',
        '}',
        'tv',
        ';',
        '%',
        '_',
        '\0',
        '\ud800',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(' ')),
);

test('whatever is typed is never query syntax', async () => {
  const library = await smallWorld();
  await fc.assert(
    fc.asyncProperty(ftsText, async (text) => {
      const { hits } = await library.search({ text, limit: 40 });
      for (const hit of hits) expect(hit.reasons.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test('every word of every text finds its segment, quoted or not', async () => {
  const library = openTestLibrary();
  const word = fc.stringMatching(/^[a-zà-öø-ÿ0-9]{2,12}$/);
  let count = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 6 }), fc.nat(), async (words, pick) => {
      const { segmentIds } = await addIndexedFile(library, `/v/file${count++}.mp4`, [
        [knows('caption', words.join(' '))],
      ]);
      const asked = words[pick % words.length] as string;
      const { hits } = await library.search({ text: `"${asked.toUpperCase()}"*`, limit: 200 });
      expect(hits.map((hit) => hit.segmentId)).toContain(segmentIds[0]);
      const marked = hits.find((hit) => hit.segmentId === segmentIds[0])?.reasons[0]?.text;
      expect(marked?.replace(/[«»]/g, '')).toContain(asked);
    }),
    { numRuns: 60 },
  );
});

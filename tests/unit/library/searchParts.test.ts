import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuseRanks } from '../../../src/main/library/search/fuseRanks.ts';
import { parseQuestion } from '../../../src/main/library/search/parseQuestion.ts';
import { snippet } from '../../../src/main/library/search/snippet.ts';
import { synonymsOf } from '../../../src/main/library/search/synonyms.ts';
import { typingErrors } from '../../../src/main/library/search/typingErrors.ts';
import { formsOf } from '../../../src/main/library/search/wordForms.ts';
import { foldText, tokenise, tokeniseName, wordsOf } from '../../../src/main/library/search/words.ts';

test('folding forgets case, accents and typographic variants', () => {
  expect(foldText('Café ÉTÉ ﬁlm Ａquila')).toBe('cafe ete film aquila');
  expect(wordsOf("It's 20:15 – où ça?")).toEqual(['it', 's', '20', '15', 'ou', 'ca']);
});

test('a word knows where it stands', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      for (const { term, start, end } of tokenise(text)) expect(foldText(text.slice(start, end))).toBe(term);
    }),
  );
});

test('emoji are words, one a picture, whatever their skin or form; signs in a text are none', () => {
  expect(wordsOf('party🎉🎂')).toEqual(['party', 'emoji1f389', 'emoji1f382']);
  expect(wordsOf('👍🏽 ❤️ 🇮🇸 👨‍👩‍👧')).toEqual([
    'emoji1f44d',
    'emoji2764',
    'emoji1f1eeemoji1f1f8',
    'emoji1f468',
    'emoji1f469',
    'emoji1f467',
  ]);
  expect(wordsOf('Acme™ © 2020 #1 *')).toEqual(['acme', '2020', '1']);
  expect(wordsOf('❤')).toEqual(wordsOf('❤️'));
});

test('a file name is its words and the parts of glued ones', () => {
  const terms = tokeniseName('IMG_2024-AquilaStrings duet2.mp4').map((token) => token.term);
  expect(terms).toEqual(['img', '2024', 'aquilastrings', 'aquila', 'strings', 'duet2', 'duet', '2']);
  expect(tokeniseName('.mp4').map((token) => token.term)).toContain('mp4');
});

test('a question is its telling words; names of two words stay together', () => {
  const asked = (text: string) => parseQuestion(text).words.map((word) => word.terms.join(' '));
  expect(asked('Where is the dog with a cell phone?')).toEqual(['dog', 'cell phone']);
  expect(asked('the who')).toEqual(['the', 'who']);
  expect(asked('a video of the clip about a dog')).toEqual(['dog']);
  expect(asked('videos')).toEqual(['videos']);
  expect(asked('the “the who” «cell phone» clip')).toEqual(['the who', 'cell phone']);
  expect(asked('a "half quoted 5" 6" tape')).toEqual(['half quoted 5', '6', 'tape']);
  expect(asked('dog dog DOG')).toEqual(['dog']);
  expect(asked('constructor __proto__ toString')).toEqual(['constructor', 'proto', 'tostring']);
});

test('words that were typed side by side are known as pairs, repeated ones too', () => {
  const pairs = (text: string) => parseQuestion(text).pairs.map((pair) => pair.map(({ terms }) => terms.join(' ')));
  expect(pairs('a small red circle and a red square')).toEqual([
    ['small', 'red'],
    ['red', 'circle'],
    ['red', 'square'],
  ]);
  expect(pairs('the dog with the ball')).toEqual([]);
});

test('a phrase has a small word between, or four words; a list of words is none', () => {
  const isPhrase = (text: string) => parseQuestion(text).isPhrase;
  for (const text of ['brand of strings', 'preparing an instrument', 'old man feeds pigeons'])
    expect(isPhrase(text)).toBe(true);
  for (const text of ['snow', 'a submarine', 'two people', 'bread lava sea', 'how to cook', ''])
    expect(isPhrase(text)).toBe(false);
});

test('a wider word finds narrower ones, not the other way', () => {
  expect(synonymsOf('animal')).toContain('dog');
  expect(synonymsOf('dog')).not.toContain('animal');
  expect(synonymsOf('people')).toEqual(expect.arrayContaining(['person', 'woman']));
  expect(synonymsOf('woman')).toEqual([]);
  expect(synonymsOf('constructor')).toEqual([]);
});

test('forms go both ways between singular and plural', () => {
  for (const [one, many] of [
    ['dog', 'dogs'],
    ['bus', 'buses'],
    ['party', 'parties'],
    ['knife', 'knives'],
    ['glass', 'glasses'],
  ] as const) {
    expect(formsOf(one), one).toContain(many);
    expect(formsOf(many), many).toContain(one);
  }
  expect(formsOf('running')).toContain('run');
  expect(formsOf('dance')).toContain('dancing');
  expect(formsOf('tv')).toEqual([]);
});

test('typing errors are counted up to the limit', () => {
  expect(typingErrors('aquilla', 'aquila', 2)).toBe(1);
  expect(typingErrors('gutiar', 'guitar', 2)).toBe(1);
  expect(typingErrors('same', 'same', 1)).toBe(0);
  expect(typingErrors('abcdef', 'uvwxyz', 2)).toBe(3);
  expect(typingErrors('a', 'abcdef', 2)).toBe(3);
});

test('a row that two lists name stands before rows that one names', () => {
  const scores = fuseRanks([
    { rows: [1, 2], weight: 1 },
    { rows: [3, 2], weight: 1 },
  ]);
  expect([...scores].sort((a, b) => b[1] - a[1])[0]?.[0]).toBe(2);
  expect(scores.get(1)).toBeCloseTo(1 / 61, 10);
});

test('a snippet shows the words in their surroundings and keeps foreign quotation marks apart', () => {
  expect(snippet('il dit «oui» au chien', [{ start: 16, end: 21 }])).toBe('il dit ‹oui› au «chien»');
  const long = `${'word '.repeat(60)}needle ${'word '.repeat(60)}`;
  const cut = snippet(long, [{ start: 300, end: 306 }]);
  expect(cut).toMatch(/^…word .*«needle».* word…$/);
  expect(cut.length).toBeLessThan(180);
});

test('a snippet never breaks a character and marks nothing but what it was told', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), fc.nat(), (text, pick) => {
      const tokens = tokenise(text);
      const token = tokens[pick % Math.max(1, tokens.length)];
      if (token === undefined) return;
      const cut = snippet(text, [token]);
      expect(cut).not.toMatch(/\p{Surrogate}/u);
      expect(cut).toContain(`«${text.slice(token.start, token.end)}»`);
    }),
  );
});

import { describe, expect, it } from 'vitest';
import { splitter } from '../../../src/main/recognising/meaning/pieces.ts';
import { hasSeveralWords, maybeEnglish } from '../../../src/main/recognising/meaning/readsEnglish.ts';

const marks = ['�', '<s>', '</s>', '1', '2', '3'].map((mark) => [mark, 0] as const);
const vocabulary = [
  ...marks,
  ...([
    ['▁a', -2],
    ['b', -3],
    ['ab', -4],
    ['▁', -5],
    ['a', -3],
    ['▁ab', -4.5],
    ['c', -3],
  ] as const),
];
const split = splitter(vocabulary);
const piecesOf = (text: string) => split(text).map((id) => vocabulary[id]?.[0]);

describe('the pieces of a text', () => {
  it('are those that together are likeliest', () => {
    expect(piecesOf('ab')).toEqual(['▁ab']); // -4.5 before -2 - 3
    expect(piecesOf('a b')).toEqual(['▁a', '▁', 'b']);
  });

  it('do not change with the width of spaces and letters', () => {
    expect(piecesOf('  ａ \n b ')).toEqual(piecesOf('a b'));
    expect(split('')).toEqual([]);
    expect(split(' \t')).toEqual([]);
  });

  it('are one for letters side by side that nobody knows', () => {
    expect(piecesOf('aяшжc')).toEqual(['▁a', '�', 'c']);
  });
});

describe('a text may be read', () => {
  it.each([
    'This one is a ukulele.',
    'Danger, high voltage',
    'brand of strings',
    'AQUILA STRINGS',
    'Open from 9 to 5',
    'two people',
  ])('in English: %s', (text) => expect([maybeEnglish(text), hasSeveralWords(text)]).toEqual([true, true]));

  it.each(['Der Käse ist im Zug', 'Bonjour tout le monde', '¿Dónde está la estación?', 'mann mit gitarre', 'un homme'])(
    'not in another language: %s',
    (text) => expect(maybeEnglish(text)).toBe(false),
  );

  it.each(['snow', '1984', '3 4 5', ''])('not where it is one word or none: “%s”', (text) => {
    expect(hasSeveralWords(text)).toBe(false);
  });
});

/** How answers are read: as the reference reads them, traps and all, and as a strict reader does. One line a branch. */
import { describe, expect, it } from 'vitest';
import { findBenchmark } from '../../../tools/eval/benchmarks/allBenchmarks.ts';
import type { Benchmark, BenchmarkItem } from '../../../tools/eval/benchmarks/benchmark.ts';
import { chunkOf, readChunk } from '../../../tools/eval/benchmarks/chunks.ts';
import { readVerdict } from '../../../tools/eval/benchmarks/judge.ts';
import { frameIndices } from '../../../tools/eval/benchmarks/subtitlesOfFrames.ts';

const read = (id: string, text: string, item: object) => {
  const { paper, strict, how } = (findBenchmark(id) as Benchmark).parse(text, item as BenchmarkItem);
  return [paper, strict, how];
};

describe('MVBench', () => {
  const item = { options: ['a cat', 'a dog', 'a bird', 'a man'] };
  it.each([
    ['(B)', 1, 1, 'letter'],
    ['B.', 1, 1, 'letter'],
    ['B', 1, 1, 'letter'],
    ['(B) a dog', 1, 1, 'letter'],
    ['Answer: (D)', 3, null, 'letter'],
    ['It is a dog.', 1, null, 'text'],
    ['a dog', 1, 1, 'text'],
    ['A man walks', 0, null, 'letter'],
    ['(A),', 2, null, 'fallback'],
    ['because', 2, null, 'fallback'],
    ['', 2, null, 'fallback'],
    ['(A) or (B)', 0, null, 'letter'],
    ['b', 2, null, 'fallback'],
    ['E', 2, null, 'fallback'],
  ])('reads “%s” as %j, strictly as %j, by %s', (text, ...expected) => {
    expect(read('mvbench', text, item)).toEqual(expected);
  });
});

describe('EgoSchema and Perception Test', () => {
  const five = { options: ['cooks', 'paints', 'walks', 'reads', 'sleeps'] };
  const three = { options: ['Two', 'Three', 'Four'] };
  it.each([
    ['egoschema', five, '( E )', 2, null, 'fallback'],
    ['egoschema', five, 'The answer is E', 4, null, 'letter'],
    ['egoschema', five, 'sleeps', 2, 4, 'fallback'],
    // A C, whatever it was meant as.
    ['egoschema', five, 'Cooks', 2, 0, 'letter'],
    ['perception-test', three, '((B))', 1, null, 'letter'],
    ['perception-test', three, 'three', 1, 1, 'text'],
    ['perception-test', three, 'three.', 2, 1, 'fallback'],
    ['perception-test', three, 'A few', 0, null, 'letter'],
  ])('%s reads %j', (id, item, text, ...expected) => {
    expect(read(id, text, item), text).toEqual(expected);
  });
});

describe('Video-MME', () => {
  const item = {
    printed: ['A. 1.', 'B. Two dogs.', 'C. Three', 'D. None.'],
    options: ['1.', 'Two dogs.', 'Three', 'None.'],
  };
  it.each([
    ['B', { choice: 1, official: 1 }, 1, 'letter'],
    ['The best answer is D.', { choice: 3, official: 3 }, null, 'letter'],
    // "Thre": their pattern loses the last letter.
    ['it is thre', { choice: 2, official: null }, null, 'text'],
    ['one', { choice: 0, official: null }, null, 'text'],
    ['two dogs', { choice: 1, official: null }, 1, 'text'],
    ['nothing', { choice: 2, official: null }, null, 'fallback'],
    ['', { choice: 2, official: null }, null, 'fallback'],
    // Two commas are missing in the official list: this phrase is not taken off, and its B is an answer.
    ['Best answer: c', { choice: 1, official: 1 }, null, 'letter'],
  ])('reads “%s”', (text, paper, choice, how) => {
    const [said, strict, by] = read('video-mme', text, item);
    expect([said, (strict as { choice: number } | null)?.choice ?? null, by]).toEqual([paper, choice, how]);
  });
});

describe('words, labels, yes and no', () => {
  it.each([
    ['clotho-aqa', 'yes', 'Yes.', true, true, 'text'],
    ['clotho-aqa', 'yes', ' yes', false, true, 'text'],
    ['clotho-aqa', 'yes', 'yes it is', false, false, 'text'],
    ['music-avqa', 'two', '', false, null, 'fallback'],
    ['tut2017', 'cafe or restaurant', '(C)', true, true, 'letter'],
    ['tut2017', 'cafe or restaurant', 'c', true, null, 'letter'],
    ['tut2017', 'cafe or restaurant', 'C.', false, true, 'fallback'],
    ['tut2017', 'car', '(C) cafe or restaurant', false, false, 'text'],
    ['tut2017', 'bus', 'It is a busy street', true, null, 'text'],
    ['vocalsound', 'Sniff', 'a sniff', true, null, 'text'],
    ['cmm', 'no', 'No, there is none', true, true, 'text'],
    ['cmm', 'no', 'I know', true, null, 'fallback'],
    ['cmm', 'yes', 'Well, yes', false, null, 'fallback'],
    ['avhbench', 'Yes', 'I think yes.', 'yes', null, 'text'],
    ['avhbench', 'Yes', 'Perhaps', 'neither', null, 'fallback'],
  ])('%s, right is “%s”: reads “%s”', (id, answer, text, ...expected) => {
    expect(read(id, text, { answer })).toEqual(expected);
  });
});

describe('a verdict', () => {
  it.each([
    ["{'pred': 'yes', 'score': 4.8}", { isMatch: true, score: 4 }],
    ['```json\n{"binary_pred": "no", "score": "2"}\n```', { isMatch: false, score: 2 }],
    ["{'score': 3}", { isMatch: null, score: 3 }],
    ["{'pred': 'yes'}", null],
    ["{'score': 9}", null],
    ['I would say four.', null],
  ])('“%s” is read', (text, expected) => expect(readVerdict(text)).toEqual(expected));
});

it('parts are as long as each other but for the last, and hold everything once', () => {
  const items = [0, 1, 2, 3, 4, 5, 6];
  const parts = [1, 2, 3].map((part) => chunkOf(items, { part, of: 3 }));
  expect(parts).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
  expect([readChunk('2/8'), readChunk('0/2'), readChunk('3/2'), readChunk('x')]).toEqual([
    { part: 2, of: 8 },
    null,
    null,
    null,
  ]);
});

it('frames whose subtitles are shown are the middles of even parts, as NumPy rounds', () => {
  expect(frameIndices(9, 4)).toEqual([1, 3, 5, 7]);
  expect(frameIndices(11, 4)).toEqual([1, 3, 6, 9]);
});

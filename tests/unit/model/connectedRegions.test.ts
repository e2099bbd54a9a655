import { expect, it } from 'vitest';
import { connectedRegions } from '../../../src/main/answering/model/connectedRegions.ts';

/** Rows of letters, one region each in what is looked for. */
const regionsOf = (rows: string[], byCorners = false) => {
  const letters = rows.join('');
  const regions = connectedRegions(rows[0]?.length ?? 0, rows.length, {
    isInside: (at) => letters[at] !== '.',
    isJoined: (from, to) => letters[from] === letters[to],
    byCorners,
  });
  return [...regions].map((pixels) => `${letters[pixels[0] ?? 0]}${pixels.length}`);
};

it('pixels hang together by their sides, or by their corners too', () => {
  const rows = ['a.a', '.a.', 'a.a'];
  expect(regionsOf(rows)).toEqual(['a1', 'a1', 'a1', 'a1', 'a1']);
  expect(regionsOf(rows, true)).toEqual(['a5']);
});

it('neighbours of another sort are another region, and what is outside is none', () => {
  expect(regionsOf(['aab', 'cab', '..b'])).toEqual(['a3', 'b3', 'c1']);
});

it('a row does not go on at the other edge', () => {
  expect(regionsOf(['a.', '.a', 'a.'])).toEqual(['a1', 'a1', 'a1']);
  expect(regionsOf(['..a', 'a..'])).toEqual(['a1', 'a1']);
});

it('an empty picture has none', () => {
  expect([...connectedRegions(0, 0, {})]).toEqual([]);
});

import { expect, it } from 'vitest';
import { grade, ndcgAt10 } from './gradeSearches.ts';

it('the right files first are worth all, further behind less, nowhere nothing', () => {
  expect(ndcgAt10({ wanted: ['a', 'b'], found: ['a', 'b', 'c'] })).toBe(1);
  expect(ndcgAt10({ wanted: ['a'], found: ['x', 'a'] })).toBeCloseTo(0.631, 3);
  expect(ndcgAt10({ wanted: ['a'], found: ['x'] })).toBe(0);
  expect(ndcgAt10({ wanted: ['a'], found: [...'bcdefghijk', 'a'] })).toBe(0);
});

it('what is nowhere counts by itself', () => {
  const all = [
    { wanted: ['a'], found: ['a'] },
    { wanted: [], found: [] },
    { wanted: [], found: ['a'] },
  ];
  expect(grade(all)).toEqual({ ndcg: 1, falseFinds: 0.5 });
});

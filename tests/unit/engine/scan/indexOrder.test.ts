import { expect, test } from 'vitest';
import { indexJob } from '../../../../src/main/engine/jobs/indexJob.ts';
import { stepsBehind } from '../../../../src/main/engine/scan/indexOrder.ts';

test('the small runs before the large, any own file before any sample, and all of them after a scan', () => {
  const sizes = [0, 1e5, 3e6, 2e7, 3e8, 5e9, 1e12];
  const steps = [...sizes.map((size) => stepsBehind(size, false)), ...sizes.map((size) => stepsBehind(size, true))];
  expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  expect(stepsBehind(1e12, false)).toBeLessThan(stepsBehind(0, true));
  const [last] = steps.toSorted((a, b) => b - a);
  expect(indexJob.create({ path: '/v/a.mp4' }, { lowersPriorityBy: last }).priority).toBeGreaterThan(0);
});

import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { heapFlags } from '../../../src/main/shells/shared/forkHost.ts';

/** Allocates a lot, the last of it alive; prints what came of the young objects' room. */
const program = `
  const kept = [];
  for (let i = 0; i < 2e6; i++) kept[i % 2e5] = { i };
  const young = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  console.log(JSON.stringify({ collect: typeof gc, youngBytes: young.space_size }));
`;

it('a helper process can say when to collect, and its young objects take little room however many there are', () => {
  const { collect, youngBytes } = JSON.parse(
    execFileSync(process.execPath, [...heapFlags, '-e', program], { encoding: 'utf8' }),
  );
  expect(collect).toBe('function');
  expect(youngBytes).toBeLessThan(5 * 2 ** 20);
});

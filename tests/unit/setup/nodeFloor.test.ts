import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isCurrentNode, oldestNodeName } from '../../../scripts/lib/nodeBinary.mjs';

test('a Node of the person’s own is used from 22.22 on; before, the one that comes along', () => {
  for (const old of ['20.20.2', '22.18.0', '22.21.9']) expect(isCurrentNode(old), old).toBe(false);
  for (const good of ['22.22.0', '23.0.0', '24.21.0']) expect(isCurrentNode(good), good).toBe(true);
});

test('the program refuses what the set-up would not have chosen', () => {
  const program = readFileSync(join(import.meta.dirname, '../../../src/main/shells/shared/localEngine.ts'), 'utf8');
  expect(program).toContain(`needs Node ${oldestNodeName} or newer`);
});

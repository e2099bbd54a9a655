/** The terminal in which the browser shell was started is closed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RunningPlayhead } from '../../attack/running/startPlayhead.ts';

test('what nobody reads any more does not end the program: the window goes on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-terminal-'));
  const playhead = new RunningPlayhead({ library: join(folder, 'library') });
  onTestFinished(async () => {
    await playhead.end();
    await rm(folder, { recursive: true, force: true });
  });
  await playhead.address;
  playhead.child.stdout?.destroy();
  // Each window that opens is followed by the address of the next one.
  const client = await playhead.client;
  await client.call('status', {});
  await client.call('listMedia', { limit: 1 });
  expect(await playhead.stop()).toMatchObject({ code: 0, left: [] });
});

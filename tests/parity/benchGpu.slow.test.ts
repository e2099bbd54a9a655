/** The prepared measurement of a graphics adapter: with one it writes its table, without one it says why. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { holdProvider } from '../../src/main/answering/model/session.ts';
import { isSoftwareAdapter, offerSoftwareAdapter } from '../../tools/parity/webgpu.ts';

const program = fileURLToPath(new URL('../../bench/gpu/run.ts', import.meta.url));
const run = (args: string[], env: Record<string, string> = {}) =>
  execa(process.execPath, [program, ...args], { env, reject: false });

offerSoftwareAdapter();
const { refused, release } = await holdProvider('webgpu');
await release();
if (refused !== null) console.warn(`The measurement of an adapter is not tried: ${refused}`);

test.skipIf(refused === null && !isSoftwareAdapter())('without an adapter the bench ends with the reason', async () => {
  const nowhere = join(tmpdir(), 'no-such-driver.json');
  const { exitCode, stderr, stdout } = await run(['--wait', '600'], {
    VK_ICD_FILENAMES: nowhere,
    VK_DRIVER_FILES: nowhere,
  });
  expect(stderr).toContain('There is nothing to measure: webgpu found no graphics adapter that it can use');
  expect(stdout).toMatch(/^Adapter: /);
  expect(exitCode).toBe(1);
});

test.skipIf(refused !== null)(
  'with one it measures a decode step beside the CPU, right, with what crosses: a row in, a row of logits out',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'playhead-bench-gpu-'));
    const out = join(folder, 'table.md');
    const { exitCode, stderr } = await run(['--small', '--only', 'decode', '--wait', '600', '--out', out]);
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('nothing to measure')]);
    const row = (await readFile(out, 'utf8')).split('\n').find((line) => line.startsWith('| decode'));
    // 64 floats, the filled length and the places of two rows; 512 logits.
    expect(row).toMatch(/\| yes, within \S+ \| 0\.312 KB \| 2\.05 KB \| 0\.256 KB \|/);
    await rm(folder, { recursive: true, force: true });
  },
);

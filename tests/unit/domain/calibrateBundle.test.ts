import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { calibrateBundle } from '../../../tools/domain/calibrateBundle.ts';

it('a bundle is not calibrated on too few clips: it stays as it is, and the error says how to make more', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-calibrate-'));
  const manifest = join(folder, 'manifest.json');
  await cp(join(import.meta.dirname, '../../../resources/models/sample-av/manifest.json'), manifest);
  const before = await readFile(manifest, 'utf8');
  await expect(calibrateBundle(folder, folder)).rejects.toMatchObject({
    code: 'invalid-input',
    hint: expect.stringContaining('training.heldout'),
  });
  expect(await readFile(manifest, 'utf8')).toBe(before);
  await rm(folder, { recursive: true, force: true });
});

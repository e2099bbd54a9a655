/** Whoever ends `playhead index` is told what is kept and how to go on. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { appendFile, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';

const repository = join(import.meta.dirname, '..', '..', '..');

test('Ctrl+C while indexing says what is kept and how to go on', { timeout: 240_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-stop-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const [own, library] = [join(folder, 'own'), join(folder, 'library')];
  await mkdir(own);
  for (const name of ['eight-directions', 'parade', 'bells-and-beeps', 'everything-moves']) {
    await copyFile(join(repository, 'resources', 'samples', `${name}.mp4`), join(own, `${name}.mp4`));
    await appendFile(join(own, `${name}.mp4`), 'x'); // of another content than the prepared ones
  }
  const child = spawn(process.execPath, [
    join(repository, 'src', 'main', 'shells', 'terminal', 'index.ts'),
    'index',
    own,
    '--library',
    library,
  ]);
  let told = '';
  child.stderr.on('data', (chunk) => {
    told += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const pictures = join(library, 'thumbnails');
  await vi.waitUntil(() => existsSync(pictures) && readdirSync(pictures).length > 0, {
    timeout: 180_000,
    interval: 20,
  });
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(told).toContain('Stopped. What is indexed so far is kept');
  expect(told).toContain('the same command goes on from there');
});

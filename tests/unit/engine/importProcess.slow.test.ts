import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cancelled } from '../../../src/contract/index.ts';
import type { HostName, HostProcess } from '../../../src/main/channel/hostProcess.ts';
import { Hosts } from '../../../src/main/engine/hosts.ts';
import type { ImportProgress } from '../../../src/main/importing/progress.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';

const checkpointFolder = join(import.meta.dirname, '../../fixtures/parity/qwen2-siglip-stc35-beats');
let folder: string;
let hosts: Hosts;
let started: { name: HostName; process: HostProcess; exited: Promise<unknown> }[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-import-'));
  started = [];
  const spawn = (name: HostName) => {
    const process = forkHost(name);
    started.push({ name, process, exited: new Promise((resolve) => process.onExit(resolve)) });
    return process;
  };
  hosts = new Hosts(spawn, {
    ...{ cacheFolder: folder, lookClip: '', onChange: () => {} },
    deviceChoice: async () => 'cpu',
  });
});
afterEach(async () => {
  hosts.close();
  await rm(folder, { recursive: true, force: true });
});

const input = () => ({ checkpointFolder, bundleFolder: join(folder, 'bundle') });

test('an import works in a process of its own, tells how far it is, and the process ends with it', async () => {
  const told: ImportProgress[] = [];
  await hosts.importCheckpoint(input(), { onProgress: (progress) => void told.push(progress) });
  expect(existsSync(join(folder, 'bundle', 'manifest.json'))).toBe(true);
  expect(told.at(-1)?.bytesDone).toBe(told.at(-1)?.bytesTotal);
  expect(started.map(({ name }) => name)).toEqual(['importHost']);
  expect(started[0]?.process.pid).not.toBe(process.pid);
  await started[0]?.exited;
});

test('one that is cancelled has removed what it had written when its job ends', async () => {
  const controller = new AbortController();
  const onProgress = () => controller.abort(cancelled());
  await expect(hosts.importCheckpoint(input(), { signal: controller.signal, onProgress })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(await readdir(folder)).toEqual([]);
  await started[0]?.exited;
});

test('what is wrong with a checkpoint is told as it was found', async () => {
  const wrong = { ...input(), checkpointFolder: folder };
  await expect(hosts.importCheckpoint(wrong, {})).rejects.toMatchObject({ code: 'checkpoint-invalid', file: folder });
});

test('a process that breaks down costs this import alone', async () => {
  const broken = hosts.importCheckpoint(input(), { onProgress: () => started[0]?.process.kill() });
  await expect(broken).rejects.toMatchObject({ code: 'model-crashed' });
  await hosts.importCheckpoint({ ...input(), bundleFolder: join(folder, 'second') }, {});
  expect(existsSync(join(folder, 'second', 'manifest.json'))).toBe(true);
});

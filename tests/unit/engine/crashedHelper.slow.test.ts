/** A helper that is ended from outside while a file is indexed takes nothing away from its index. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { SpawnHost } from '../../../src/main/channel/hostProcess.ts';
import { createEngine } from '../../../src/main/engine/createEngine.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';

const resources = join(import.meta.dirname, '..', '..', '..', 'resources');

/** Starts helpers of which the first of each kind is killed in the middle of its first piece of work. */
function spawnFragile(): SpawnHost {
  const killed = new Set<string>();
  return (name) => {
    const host = forkHost(name);
    if (killed.has(name)) return host;
    killed.add(name);
    setTimeout(() => host.kill(), 1_500);
    return host;
  };
}

it('the index has a caption, a vector and what is read on the screen all the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-crash-'));
  const engine = await createEngine({
    version: 'test',
    libraryFolder: join(folder, 'library'),
    resourcesFolder: resources,
    spawnHost: spawnFragile(),
  });
  onTestFinished(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });
  await engine.api.addToLibrary({ paths: [join(resources, 'samples', 'knock-knock.mp4')] });
  await engine.whenIdle();
  const { items } = await engine.api.listMedia({});
  const { item, segments } = await engine.api.getMedia({ mediaId: items[0]?.id as string });
  expect(item).toMatchObject({ state: 'ready', notices: [] });
  expect(segments).toHaveLength(5);
  for (const { knowledge } of segments) expect(knowledge.map(({ kind }) => kind)).toContain('caption');
});

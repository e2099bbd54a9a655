import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { EngineContext } from '../../../src/main/core/engine/engineContext.ts';
import { OfflineWatch } from '../../../src/main/core/engine/offline.ts';
import type { NewJob } from '../../../src/main/core/jobs/newJob.ts';
import { openTestLibrary, probed, temporaryFolder } from '../library/libraryFixture.ts';

test('a file that vanished while it was read is queued again, once, when it is back', async () => {
  const library = openTestLibrary();
  const path = join(temporaryFolder(), 'clip.mp4');
  const { item } = await library.registerMedia(probed(path));
  await library.setMediaState(item.id, 'failed', { code: 'file-not-found', message: 'gone' });
  const queued: NewJob[] = [];
  const queue = () => ({ enqueue: async (job: NewJob) => void queued.push(job) });
  const engine = { library, queue, emit: () => {} } as unknown as EngineContext;
  const look = async () => {
    new OfflineWatch(engine).glance([(await library.getMedia(item.id)).item]);
    await new Promise((resolve) => setTimeout(resolve, 100));
  };
  await look();
  expect(queued).toEqual([]);

  await writeFile(path, 'back');
  await look();
  await vi.waitFor(() => expect(queued).toMatchObject([{ kind: 'index', mediaId: item.id, payload: { path } }]));
  expect((await library.getMedia(item.id)).item.state).toBe('queued');
  await look();
  expect(queued).toHaveLength(1);
});

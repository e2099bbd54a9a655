import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { EngineEvent, Job } from '../../../src/contract/index.ts';
import { MediaStates } from '../../../src/main/engine/mediaStates.ts';
import { OfflineWatch } from '../../../src/main/engine/offline.ts';
import type { StoredJob } from '../../../src/main/ports/libraryApi.ts';
import { openTestLibrary, probed, temporaryFolder } from '../library/libraryFixture.ts';

test('a file that vanished while it was read is queued again, once, when it is back', async () => {
  const library = openTestLibrary();
  const path = join(temporaryFolder(), 'clip.mp4');
  const { item } = await library.registerMedia(probed(path));
  await library.setMediaState(item.id, 'failed', { error: { code: 'file-not-found', message: 'gone' } });
  const queued: StoredJob[] = [];
  const queue = {
    async enqueue(job: StoredJob): Promise<Job> {
      queued.push(job);
      return { ...job, paths: [path] };
    },
  };
  const told: EngineEvent[] = [];
  const states = new MediaStates(library, (event) => void told.push(event));
  // A file behind it in the list comes or goes with every look: once that is noticed, the look is over.
  const markPath = join(temporaryFolder(), 'mark.mp4');
  const mark = (await library.registerMedia(probed(markPath))).item.id;
  await library.setMediaState(mark, 'ready', {});
  const itemNow = async (id: string) => (await library.getMedia(id)).item;
  const look = async () => {
    const before = (await itemNow(mark)).state;
    if (before === 'ready') await rm(markPath, { force: true });
    else await writeFile(markPath, 'there');
    new OfflineWatch({ states, queue }).noticeMissing([await itemNow(item.id), await itemNow(mark)]);
    await vi.waitFor(async () => expect((await itemNow(mark)).state).not.toBe(before), { timeout: 30_000 });
  };
  await look();
  expect(queued).toEqual([]);

  await writeFile(path, 'back');
  await look();
  expect(queued).toMatchObject([{ kind: 'index', mediaId: item.id, payload: { path } }]);
  expect((await library.getMedia(item.id)).item.state).toBe('queued');
  const toldOf = told.filter((event) => event.type === 'libraryChanged' && event.mediaIds.includes(item.id));
  expect(toldOf).toEqual([{ type: 'libraryChanged', mediaIds: [item.id] }]);
  await look();
  expect(queued).toHaveLength(1);
});

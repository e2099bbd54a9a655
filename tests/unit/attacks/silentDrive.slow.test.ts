/** A network drive whose server is gone, as a FUSE that nobody serves. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { smallClips } from '../../attack/running/clips.ts';
import { untilListed } from '../../attack/running/person.ts';
import { RunningPlayhead } from '../../attack/running/startPlayhead.ts';
import { mountSilentDrive, noSilentDrive } from '../../support/silentDrive.ts';

if (noSilentDrive) console.warn(`Drives that do not answer: passed over, ${noSilentDrive}.`);

test.skipIf(noSilentDrive)(
  'while a drive does not answer, files of others are indexed, what reads from it can be cancelled, and the program ends',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'playhead-silent-'));
    const nas = join(folder, 'nas');
    await mkdir(nas);
    const drive = await mountSilentDrive(nas);
    const playhead = new RunningPlayhead({ library: join(folder, 'library') });
    onTestFinished(async () => {
      await playhead.end();
      await drive.end();
      await rm(folder, { recursive: true, force: true });
    });
    const client = await playhead.client;
    const films = Array.from({ length: 12 }, (_, index) => join(nas, `${index}.mp4`));
    for (const film of films) void client.call('checkPaths', { paths: [film] }).catch(() => {});

    const [clip] = (await smallClips()) as [string];
    await client.call('addToLibrary', { paths: [clip] });
    await untilListed(client, [basename(clip)]);
    const { items } = await client.call('listMedia', { limit: 100 });
    expect(items.find(({ fileName }) => fileName === basename(clip))?.state).toBe('ready');

    const { jobId } = await client.call('addToLibrary', { paths: [nas] });
    await wait(500);
    expect((await client.call('cancelJob', { jobId })).state).toBe('cancelled');
    expect((await playhead.stop()).left).toEqual([]);
  },
  120_000,
);

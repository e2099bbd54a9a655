import { chmod } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { worstOf } from '../../../src/contract/index.ts';
import { createEngine } from '../../../src/main/engine/createEngine.ts';
import { standInHosts } from '../../support/standInHosts.ts';
import { openTestEngine } from './engineFixture.ts';

test('a healthy installation: every part has its line, nothing failed and nothing personal is told', async () => {
  const { engine } = await openTestEngine();
  const report = await engine.api.doctor({});
  const ids = report.lines.map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(['versions', 'devices', 'ffmpeg', 'codecs', 'model', 'library', 'disk', 'permissions']),
  );
  expect(worstOf(report)).not.toBe('failed');
  expect(JSON.stringify(report)).not.toContain(homedir());
  for (const { state, todo } of report.lines) expect([state, todo !== null]).toEqual([state, state !== 'ok']);
});

test.skipIf(process.platform === 'win32')('a library that others can read is a warning with what to do', async () => {
  const { engine, folder } = await openTestEngine();
  await chmod(join(folder, '..', 'library'), 0o755);
  const { lines } = await engine.api.doctor({});
  expect(lines.find(({ id }) => id === 'permissions')).toMatchObject({
    state: 'warning',
    todo: expect.stringContaining('chmod'),
  });
});

test('the offline switch holds at once for every request of the process, and over a restart', async () => {
  const { engine, folder } = await openTestEngine();
  expect((await engine.api.connections({})).isOffline).toBe(false);
  expect((await engine.api.setOffline({ isOffline: true })).isOffline).toBe(true);
  await expect(fetch('http://192.0.2.1/')).rejects.toMatchObject({ cause: { code: 'offline' } });
  const { lines } = await engine.api.doctor({});
  expect(lines.find(({ id }) => id === 'network')?.found).toContain('offline');
  await engine.close();
  const again = await createEngine({
    version: 'test',
    libraryFolder: join(folder, '..', 'library'),
    resourcesFolder: join(import.meta.dirname, '../../../resources'),
    spawnHost: standInHosts(),
  });
  onTestFinished(() => again.close());
  expect((await again.api.connections({})).isOffline).toBe(true);
});

test('the catalogue says for each model whether it fits, and names one best of each use that does', async () => {
  const { engine } = await openTestEngine();
  const { offers, memoryBytes } = await engine.api.catalogue({});
  for (const use of ['answers', 'search'] as const) {
    const best = offers.filter((offer) => offer.isBest && offer.use === use);
    const fitting = offers.filter((offer) => offer.use === use && !offer.notUsable && offer.formats[0]?.fits);
    expect(best).toHaveLength(fitting.length > 0 ? 1 : 0);
    for (const offer of best) expect(offer.rank).toBe(Math.min(...fitting.map(({ rank }) => rank)));
  }
  for (const { formats, reason } of offers)
    if (formats[0] && formats[0].memoryBytes > memoryBytes) expect(reason).toMatch(/Needs about .* of memory/);
  expect(offers.find(({ id }) => id === 'sample')?.bundleFolder).toContain('sample-av');
});

/** Every kind of fault once, a killed process among them; all 216 are `npm run test:downloads`. */
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { faultCases } from '../../support/hub/faultCases.ts';
import { runFaultCase } from '../../support/hub/runFaultCase.ts';
import { startPull } from '../../support/hub/startPull.ts';
import { expectWhole, openPlace, type PullPlaceForTest, pull } from './pullFixture.ts';

let place: PullPlaceForTest;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place.end());

test('each ends whole or in its one sentence, then whole, and the second host sees no token', async () => {
  for (const one of faultCases(1, 1)) {
    const found = await runFaultCase(place.hub, { ...one, kills: Math.min(1, one.kills) }, expectWhole);
    expect({ name: one.name, ...found }).toEqual({
      ...{ name: one.name, end: one.end, afterwards: 'whole', leaks: 0 },
      kills: Math.min(1, one.kills),
    });
  }
});

test('of two processes one writes, and the other one shows its progress until both have the model', async () => {
  place.hub.faults.push({ kind: 'slow', step: 'blob', times: 99 });
  const both = [1, 2].map(() =>
    startPull({ endpoint: place.hub.endpoint, downloads: place.downloads, bytesPerSecond: 400_000 }),
  );
  const [first, second] = await Promise.all(both.map(({ ended }) => ended));
  expect(first?.folder).toBeTruthy();
  expect(second).toEqual(first);
  await expectWhole(first?.folder ?? '');
  expect(place.hub.requests.filter(({ host }) => host === 'cdn')).toHaveLength(2);
  const seen = both.map(({ lines }) =>
    lines.filter(({ stage, bytesDone = 0 }) => stage === 'elsewhere' && bytesDone > 0),
  );
  expect(seen.map(({ length }) => length > 0).toSorted()).toEqual([false, true]);
});

test('a limit of speed is not exceeded', async () => {
  const start = performance.now();
  const { folder } = await pull(place, undefined, 900_000);
  const seconds = (performance.now() - start) / 1000;
  await expectWhole(folder);
  expect(942_294 / seconds).toBeLessThan(900_000); // bytes of both shards
});

/** A disk of its own, as large as it is told, for what is started within. */
const smallDisk = (folder: string, bytes: number) => [
  ...['unshare', '-rm', 'sh', '-c', `mount -t tmpfs -o size=${bytes} tmpfs "${folder}" && exec "$@"`, 'sh'],
];
const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

test.skipIf(!canMount)('a disk without room is told before anything is fetched', async () => {
  const started = startPull(
    { endpoint: place.hub.endpoint, downloads: place.downloads },
    () => {},
    smallDisk(place.downloads, 600_000),
  );
  expect((await started.ended)?.error).toMatchObject({ code: 'disk-full' });
  expect(place.hub.requests.filter(({ path }) => path.includes('/resolve/'))).toEqual([]);
});

test.skipIf(!canMount)('a disk that fills up on the way is told so, and not as a broken connection', async () => {
  const { endpoint } = place.hub;
  const given = { endpoint, downloads: place.downloads, bytesPerSecond: 400_000, fillsDisk: true };
  const started = startPull(given, () => {}, smallDisk(place.downloads, 272 * 2 ** 20)); // 256 are asked for beside it
  expect((await started.ended)?.error).toMatchObject({ code: 'disk-full' });
  expect(started.lines.some(({ stage, bytesDone = 0 }) => stage === 'fetching' && bytesDone > 0)).toBe(true);
});

import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { formatLogEntry, type Job, PlayheadError } from '../../../src/contract/index.ts';
import { keepLog } from '../../../src/main/log/keepLog.ts';
import { ignore, log } from '../../../src/main/log/log.ts';
import { logEvents } from '../../../src/main/log/logEvents.ts';
import { logFolder, openLogFile, readLog } from '../../../src/main/log/logFile.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newLibrary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-log-'));
  folders.push(folder);
  return folder;
}

test('a failure that is swallowed can be read in the log, with what was tried and why it failed', async () => {
  const library = newLibrary();
  const close = await keepLog(library, '1.0.0');
  await Promise.reject(new Error('EBUSY: file is open')).catch(ignore('an old picture was not removed', { tries: 3 }));
  await close();
  const [entry] = await readLog(logFolder(library), { limit: 10, level: 'warn' });
  expect(entry).toMatchObject({ level: 'warn', message: 'an old picture was not removed', details: { tries: 3 } });
  expect(entry?.stack).toContain('log.test.ts');
  expect(formatLogEntry(entry as never)).toMatch(/an old picture was not removed \(tries: 3\): .*EBUSY: file is open/);
});

test('jobs are noted as they begin and end, and their titles, which may be questions, are not', async () => {
  const library = newLibrary();
  const close = await keepLog(library, '1.0.0');
  const listen = logEvents();
  const job = {
    id: 'j1',
    kind: 'ask',
    mediaId: 'm1',
    title: 'Where did I hide the presents?',
    paths: ['/v/party.mp4'],
    error: null,
  } as unknown as Job;
  listen({ type: 'job', job: { ...job, state: 'running' } });
  listen({ type: 'job', job: { ...job, state: 'running' } });
  const error = new PlayheadError({ code: 'model-crashed', message: 'The process ended.' }).toInfo();
  listen({ type: 'job', job: { ...job, state: 'failed', error } });
  await close();
  const entries = await readLog(logFolder(library), { limit: 10, level: 'info' });
  expect(entries.map((entry) => entry.message)).toEqual([
    'Playhead opened',
    'a job began',
    'a job failed',
    'Playhead closed',
  ]);
  expect(entries[2]).toMatchObject({ details: { kind: 'ask', file: '/v/party.mp4', jobId: 'j1' }, error });
  expect(JSON.stringify(entries)).not.toContain('presents');
});

test('the log never grows beyond its five files, and they are closed to other accounts', async () => {
  const library = newLibrary();
  const close = await keepLog(library, '1.0.0');
  const text = 'x'.repeat(10_000);
  for (let index = 0; index < 2_000; index++) {
    log.info('a long entry', { index, text });
    if (index % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await close();
  const files = readdirSync(logFolder(library)).map((name) => statSync(join(logFolder(library), name)));
  expect(files.length).toBeGreaterThan(1);
  expect(files.length).toBeLessThanOrEqual(5);
  expect(files.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(12e6);
  if (process.platform !== 'win32') for (const { mode } of files) expect(mode & 0o077).toBe(0);
  const latest = await readLog(logFolder(library), { limit: 300, level: 'info' });
  expect(latest.map((entry) => entry.details.index).slice(0, -1)).toEqual(
    Array.from({ length: 299 }, (_, offset) => 1701 + offset),
  );
});

test('an entry that a kill cut off is passed over, and the next start writes on', async () => {
  const library = newLibrary();
  await (await keepLog(library, '1.0.0'))();
  writeFileSync(join(logFolder(library), 'playhead.log'), '{"at":"2026-01-01T00:0');
  const file = openLogFile(logFolder(library));
  file.write({ at: '2026-01-02T00:00:00.000Z', level: 'info', process: 'main', message: 'alive', details: {} });
  await file.close();
  const entries = await readLog(logFolder(library), { limit: 10, level: 'info' });
  expect(entries.map((entry) => entry.message)).toEqual(['alive']);
});

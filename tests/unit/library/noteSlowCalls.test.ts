import { expect, onTestFinished, test } from 'vitest';
import type { LogEntry } from '../../../src/contract/index.ts';
import { noteSlowCalls } from '../../../src/main/library/noteSlowCalls.ts';
import { sendLogTo } from '../../../src/main/log/log.ts';

test('a call that keeps the library busy is noted by its name, also when it fails; what it was asked is not', async () => {
  const entries: LogEntry[] = [];
  onTestFinished(sendLogTo((entry) => void entries.push(entry)));
  let clock = 0;
  const take = (milliseconds: number) => {
    clock += milliseconds;
  };
  const api = noteSlowCalls(
    {
      search: async (words: string) => {
        take(300);
        if (words === 'bad') throw new Error('no such table');
        return words;
      },
      getMedia: async () => take(20),
    },
    () => clock,
  );
  expect(await api.search('my secret')).toBe('my secret');
  await api.getMedia();
  await expect(api.search('bad')).rejects.toThrow('no such table');
  const entry = {
    level: 'warn',
    message: 'a slow call of the library',
    details: { call: 'search', milliseconds: 300 },
  };
  expect(entries).toMatchObject([entry, entry]);
  expect(JSON.stringify(entries)).not.toContain('secret');
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SearchResult } from '../../../src/contract/index.ts';
import { useSearch } from '../../../src/renderer/composables/useSearch.ts';
import { createLatestOnly } from '../../../src/renderer/logic/latestOnly.ts';
import { createFakeClient, deferred } from './fakeClient.ts';

const result = (notice: string): SearchResult => ({ hits: [], tookMs: 1, notices: [notice] });

describe('the search', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks once, a little after the last letter', async () => {
    const fake = createFakeClient({ search: () => result('') });
    const search = useSearch(fake.client);
    for (const text of ['d', 'do', 'dog']) search.setText(text);
    await vi.advanceTimersByTimeAsync(500);
    expect(fake.calls.map((call) => call.input)).toEqual([{ text: 'dog' }]);
  });

  it('never lets a late answer replace a newer one', async () => {
    const first = deferred<SearchResult>();
    const second = deferred<SearchResult>();
    const fake = createFakeClient({ search: ({ text }) => (text === 'old' ? first.promise : second.promise) });
    const search = useSearch(fake.client);
    search.setText('old');
    await vi.advanceTimersByTimeAsync(300);
    search.setText('new');
    await vi.advanceTimersByTimeAsync(300);
    second.resolve(result('new'));
    await vi.advanceTimersByTimeAsync(0);
    first.resolve(result('old'));
    await vi.advanceTimersByTimeAsync(0);
    expect(search.result.value?.notices).toEqual(['new']);
    expect(search.isBusy.value).toBe(false);
  });

  it('finds what is indexed meanwhile without being asked again', async () => {
    let answer = result('before');
    const fake = createFakeClient({ search: () => answer });
    const search = useSearch(fake.client);
    search.setText('dog');
    await vi.advanceTimersByTimeAsync(300);
    answer = result('after');
    fake.emit({ type: 'libraryChanged', mediaIds: ['m'] });
    await vi.advanceTimersByTimeAsync(2000);
    expect(search.result.value?.notices).toEqual(['after']);
  });

  it('forgets everything when the words are taken away', async () => {
    const late = deferred<SearchResult>();
    const fake = createFakeClient({ search: () => late.promise });
    const search = useSearch(fake.client);
    search.setText('dog');
    await vi.advanceTimersByTimeAsync(300);
    search.setText('');
    late.resolve(result('dog'));
    await vi.advanceTimersByTimeAsync(300);
    expect(search.result.value).toBeNull();
  });
});

describe('of several runs', () => {
  it('only the newest counts, and the failure of an older one is swallowed', async () => {
    const latest = createLatestOnly();
    const old = latest.run(() => Promise.reject(new Error('late')));
    const current = latest.run(() => Promise.resolve('new'));
    expect(await old).toBeNull();
    expect(await current).toBe('new');
    await expect(latest.run(() => Promise.reject(new Error('now')))).rejects.toThrow('now');
  });
});

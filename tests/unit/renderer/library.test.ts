import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import type { Job, MediaItem, ModelSummary } from '../../../src/contract/index.ts';
import { useLibrary } from '../../../src/renderer/composables/useLibrary.ts';
import { gridLayout, moveInGrid } from '../../../src/renderer/logic/gridLayout.ts';
import { groupJobs, jobControls, overallProgress, stateBadge } from '../../../src/renderer/logic/jobs.ts';
import { modalityChoices } from '../../../src/renderer/logic/modality.ts';
import { playTrouble } from '../../../src/renderer/logic/playTrouble.ts';
import { createFakeClient } from './fakeClient.ts';

const item = (id: string, rest: Partial<MediaItem> = {}) =>
  ({
    id,
    fileName: `${id}.mp4`,
    kind: 'video',
    state: 'ready',
    hasAudio: true,
    videoCodec: 'h264',
    ...rest,
  }) as MediaItem;
const job = (id: string, rest: Partial<Job> = {}) =>
  ({ id, kind: 'index', state: 'running', progress: 0, createdAt: id, updatedAt: id, result: null, ...rest }) as Job;

describe('the library', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('updates a known file in place and fetches the list for an unknown one', async () => {
    const all = [item('a'), item('b', { state: 'queued' })];
    const fake = createFakeClient({
      listMedia: () => ({ items: [...all], total: all.length }),
      getMedia: ({ mediaId }) => ({ item: item(mediaId, { state: 'ready' }), segments: [] }),
    });
    const library = useLibrary(fake.client);
    fake.connect('open');
    await vi.advanceTimersByTimeAsync(0);
    fake.emit({ type: 'libraryChanged', mediaIds: ['b'] });
    fake.emit({ type: 'libraryChanged', mediaIds: ['b'] });
    await vi.advanceTimersByTimeAsync(200);
    expect(fake.calls.map((call) => call.name)).toEqual(['listMedia', 'getMedia']);
    expect(library.items.value.map((i) => i.state)).toEqual(['ready', 'ready']);
    all.unshift(item('c'));
    fake.emit({ type: 'libraryChanged', mediaIds: ['c'] });
    await vi.advanceTimersByTimeAsync(200);
    expect(library.items.value.map((i) => i.id)).toEqual(['c', 'a', 'b']);
  });

  it('fetches more where the list goes on, and begins anew for another filter', async () => {
    const fake = createFakeClient({
      listMedia: ({ offset = 0, limit = 200 }) => ({
        items: Array.from({ length: Math.min(limit, 450 - offset) }, (_, i) => item(`m${offset + i}`)),
        total: 450,
      }),
    });
    const library = useLibrary(fake.client);
    fake.connect('open');
    await vi.advanceTimersByTimeAsync(0);
    await library.loadMore();
    expect(library.items.value).toHaveLength(400);
    library.text.value = 'holiday';
    await nextTick();
    await vi.advanceTimersByTimeAsync(0);
    expect(fake.calls.at(-1)?.input).toMatchObject({ text: 'holiday', offset: 0 });
    expect(library.items.value).toHaveLength(200);
  });
});

describe('the grid', () => {
  it('fills the width with equal cards', () => {
    const { columns, cardWidth } = gridLayout(1224);
    expect(columns * cardWidth + (columns - 1) * 20).toBeCloseTo(1224);
    expect(gridLayout(100).columns).toBe(1);
  });

  it('is walked with the arrow keys and not left', () => {
    expect(moveInGrid(1, 'ArrowDown', 4, 10)).toBe(5);
    expect(moveInGrid(8, 'ArrowDown', 4, 10)).toBe(8);
    expect(moveInGrid(0, 'ArrowLeft', 4, 10)).toBe(0);
    expect(moveInGrid(3, 'End', 4, 10)).toBe(9);
  });
});

describe('jobs', () => {
  it('are grouped by what they need from the person', () => {
    const groups = groupJobs([
      job('1', { progress: 0.5 }),
      job('2', { state: 'queued' }),
      job('3', { state: 'failed' }),
      job('4', { kind: 'scan', state: 'done', result: { rejected: [{ code: 'file-empty', message: 'empty' }] } }),
      job('5', { state: 'done' }),
    ]);
    expect(Object.values(groups).map((list: Job[]) => list.map((j) => j.id))).toEqual([
      ['1'],
      ['2'],
      ['4', '3'],
      ['5'],
    ]);
    expect(overallProgress(groups)).toBe(0.25);
  });

  it('offer only what their state allows', () => {
    expect(jobControls(job('1'))).toEqual({ pause: true, resume: false, cancel: true, retry: false });
    expect(jobControls(job('1', { kind: 'ask' })).pause).toBe(false);
    expect(jobControls(job('1', { state: 'failed' }))).toEqual({
      pause: false,
      resume: false,
      cancel: false,
      retry: true,
    });
  });

  it('show on the card of their file', () => {
    expect(stateBadge(item('a'), null)).toBeNull();
    expect(stateBadge(item('a', { state: 'indexing' }), job('1', { progress: 0.42 }))?.text).toBe('Indexing 42 %');
    expect(stateBadge(item('a', { state: 'queued' }), job('1', { state: 'paused' }))?.text).toBe('Paused');
  });
});

describe('the senses of an answer', () => {
  const model = { name: 'tiny', modalities: ['video'] } as ModelSummary;
  const enabled = (media: MediaItem, m: ModelSummary | null) =>
    modalityChoices(media, m)
      .filter((choice) => choice.isEnabled)
      .map((choice) => choice.value);

  it('are those that the file has and the model understands', () => {
    expect(enabled(item('a'), null)).toEqual(['auto', 'video', 'audio', 'av']);
    expect(enabled(item('a', { hasAudio: false }), null)).toEqual(['auto', 'video']);
    expect(enabled(item('a', { kind: 'audio' }), null)).toEqual(['auto', 'audio']);
    expect(enabled(item('a'), model)).toEqual(['auto', 'video']);
  });
});

describe('a file that the window cannot play', () => {
  it('is named with its codec, and says what still works', () => {
    expect(playTrouble(item('a', { videoCodec: 'hevc' }), 'no-picture')?.what).toContain('hevc');
    expect(playTrouble(item('a'), 'none')?.hint).toContain('search');
    expect(playTrouble(item('a', { state: 'offline' }), null)?.what).toContain('away');
    expect(playTrouble(item('a'), null)).toBeNull();
  });
});

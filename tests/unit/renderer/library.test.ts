import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import type { Job, MediaItem, ModelSummary } from '../../../src/contract/index.ts';
import { useLibrary } from '../../../src/renderer/composables/useLibrary.ts';
import { gridLayout, moveInGrid } from '../../../src/renderer/logic/gridLayout.ts';
import { groupJobs, jobControls, overallProgress, stateBadge } from '../../../src/renderer/logic/jobs.ts';
import { modalityChoices } from '../../../src/renderer/logic/modality.ts';
import { playTrouble } from '../../../src/renderer/logic/playTrouble.ts';
import { findProblems } from '../../../src/renderer/logic/problems.ts';
import { filesLeftInWords, timeLeftInWords } from '../../../src/renderer/logic/workWords.ts';
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
  ({
    id,
    mediaId: id,
    kind: 'index',
    state: 'running',
    progress: 0,
    createdAt: id,
    updatedAt: id,
    result: null,
    paths: [],
    ...rest,
  }) as Job;

describe('the library', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('keeps the cards of a long list when an unknown file comes', async () => {
    let all = Array.from({ length: 1500 }, (_, index) => item(`${index}`));
    const fake = createFakeClient({
      listMedia: ({ offset = 0, limit = 200 }) => ({ items: all.slice(offset, offset + limit), total: all.length }),
    });
    const library = useLibrary(fake.client);
    fake.connect('open');
    await vi.advanceTimersByTimeAsync(0);
    while (library.items.value.length < 1500) await library.loadMore();
    all = [item('new'), ...all];
    fake.emit({ type: 'libraryChanged', mediaIds: ['new'] });
    await vi.advanceTimersByTimeAsync(200);
    expect(library.items.value.map(({ id }) => id)).toEqual(all.slice(0, 1500).map(({ id }) => id));
  });

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
  const work = { filesDone: 59, filesFailed: 0, filesLeft: 41, progress: 0.59, secondsLeft: null, isPaused: false };

  it('are grouped by what they need from the person', () => {
    const groups = groupJobs([
      job('1', { progress: 0.5 }),
      job('2', { state: 'queued' }),
      job('3', { state: 'failed', error: { code: 'file-empty', message: 'empty' } }),
      job('4', { kind: 'scan', state: 'done', result: { rejected: [{ code: 'file-empty', message: 'empty' }] } }),
      job('5', { state: 'done' }),
    ]);
    expect([groups.running, groups.waiting, groups.finished].map((list) => list.map((j) => j.id))).toEqual([
      ['1'],
      ['2'],
      ['5'],
    ]);
    expect(groups.problems.map((problem) => problem.job.id)).toEqual(['4', '3']);
  });

  it('are told together by the work that is done, other work by its own progress', () => {
    expect(overallProgress(groupJobs([job('1')]), work)).toBe(0.59);
    const nothingLeft = { ...work, filesLeft: 0, progress: null };
    expect(overallProgress(groupJobs([job('1', { kind: 'import', progress: 0.3 })]), nothingLeft)).toBe(0.3);
    expect(overallProgress(groupJobs([]), nothingLeft)).toBeNull();
    expect(filesLeftInWords(work)).toBe('41 of 100 files left');
    expect([null, 31, 89, 1440].map((secondsLeft) => timeLeftInWords({ ...work, secondsLeft }))).toEqual([
      'working out how long',
      'about 35 s left',
      'about 90 s left',
      'about 24 min left',
    ]);
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

  it('that were answers and failed are no failed files', () => {
    const groups = groupJobs([job('1', { kind: 'ask', state: 'failed', error: { code: 'internal', message: 'no' } })]);
    expect(groups.problems).toEqual([]);
    expect(groups.finished).toHaveLength(1);
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

describe('a problem', () => {
  const error = { code: 'file-damaged', message: 'cut off', file: '/v/a.mp4' } as const;
  const failed = (id: string, rest: Partial<Job> = {}) => job(id, { state: 'failed', mediaId: 'm', error, ...rest });

  it('is listed once however often it was met, and dismissed with all its jobs', () => {
    const [problem, ...others] = findProblems([failed('1'), failed('2'), failed('3', { mediaId: 'n' })]);
    expect(others).toHaveLength(1);
    expect(problem?.job.id).toBe('3');
    expect(others[0]?.jobIds).toEqual(['2', '1']);
  });

  it('is none any more once the file was done, or while it is tried again', () => {
    expect(findProblems([failed('1'), job('2', { state: 'done', mediaId: 'm' })])).toEqual([]);
    expect(findProblems([failed('1'), job('2', { state: 'queued', mediaId: 'm' })])).toEqual([]);
    expect(findProblems([failed('2'), job('1', { state: 'done', mediaId: 'm' })])).toHaveLength(1);
  });

  it('with a file that could not be read is none any more once the file was mended and added again', () => {
    const paths = ['/v/a.mp4'];
    const unread = failed('1', { mediaId: null, paths });
    expect(findProblems([unread, failed('2', { mediaId: null, paths })])[0]?.jobIds).toEqual(['2', '1']);
    expect(findProblems([unread, job('2', { state: 'done', mediaId: 'new', paths })])).toEqual([]);
    expect(findProblems([unread, job('2', { state: 'queued', mediaId: 'new', paths })])).toEqual([]);
    expect(findProblems([unread, job('2', { state: 'done', mediaId: 'new', paths: ['/v/b.mp4'] })])).toHaveLength(1);
  });

  it('with a folder is none any more once a scan of the same folder left nothing out', () => {
    const scan = (id: string, rejected: (typeof error)[]) =>
      job(id, { kind: 'scan', state: 'done', mediaId: null, paths: ['/v'], result: { rejected } });
    expect(findProblems([scan('1', [error])])).toHaveLength(1);
    expect(findProblems([scan('1', [error]), scan('2', [])])).toEqual([]);
  });

  it('of a scan names every path, its own error not a second time', () => {
    const rejected = [error, { ...error, file: '/v/b.mp4' }];
    const [problem] = findProblems([failed('1', { kind: 'scan', mediaId: null, result: { rejected } })]);
    expect(problem?.errors).toEqual(rejected);
  });
});

describe('a file that the window cannot play', () => {
  const sound = { error: null, notices: [], candidate: null };

  it('is named with its codec when the file itself is sound, and says what still works', () => {
    expect(playTrouble(item('a', { videoCodec: 'hevc' }), 'no-picture', null)?.what).toContain('hevc');
    expect(playTrouble(item('a'), 'none', sound)).toMatchObject({ what: expect.stringContaining('h264') });
    expect(playTrouble(item('a'), 'none', sound)?.hint).toContain('search');
    expect(playTrouble(item('a'), null, null)).toBeNull();
  });

  it('is never blamed on its codec when it is gone, damaged or cut off, or before that is known', () => {
    const error = { code: 'file-not-found', message: 'It is gone.', hint: 'Put it back.' } as const;
    const gone = playTrouble(item('a'), 'none', { ...sound, error, candidate: '/v/b.mp4' });
    expect(gone).toMatchObject({ what: 'It is gone.', canTryAgain: true, candidate: '/v/b.mp4' });
    expect(gone?.hint).not.toContain('answers');
    const cut = playTrouble(item('a'), 'none', { ...sound, notices: ['The file is cut off.'] });
    expect(cut).toMatchObject({ what: 'The file is cut off.', canTryAgain: true });
    for (const state of ['ready', 'offline'] as const)
      expect(playTrouble(item('a', { state }), 'none', null)?.what).not.toContain('h264');
  });
});

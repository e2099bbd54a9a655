import { expect, test } from 'vitest';
import { aJob, openTestLibrary, probed, temporaryFolder } from './libraryFixture.ts';

const afterKill = { index: 'requeue', ask: 'fail' } as const;

test('a job comes back as it was put in, and changes only where it is changed', async () => {
  const library = openTestLibrary();
  const job = aJob('j', { payload: { path: '/v/ü.mp4', deep: [1, { a: null }] }, parentId: 'p', mediaId: 'm' });
  await library.insertJob(job);
  expect(await library.getJob('j')).toEqual(job);
  const changed = await library.updateJob('j', { state: 'done', progress: 1, result: { segments: 3 } });
  expect(changed).toEqual({
    ...job,
    state: 'done',
    progress: 1,
    result: { segments: 3 },
    updatedAt: changed.updatedAt,
  });
  expect(changed.updatedAt > job.updatedAt).toBe(true);
  expect(await library.getJob('j')).toEqual(changed);
  await expect(library.getJob('k')).rejects.toMatchObject({ code: 'not-found' });
  await expect(library.updateJob('k', {})).rejects.toMatchObject({ code: 'not-found' });
});

test('the next job has the highest priority, then the greatest age, among the kinds that are wanted', async () => {
  const library = openTestLibrary();
  const at = (second: number) => ({ createdAt: `2026-11-22T18:00:0${second}.000Z` });
  await library.insertJob(aJob('young', at(3)));
  await library.insertJob(aJob('old', at(1)));
  await library.insertJob(aJob('twin', at(1)));
  await library.insertJob(aJob('urgent', { ...at(5), kind: 'ask', priority: 100 }));
  await library.insertJob(aJob('paused', { ...at(0), state: 'paused', priority: 1000 }));
  const next = async (...kinds: Parameters<typeof library.nextJob>[0]) => (await library.nextJob(kinds))?.id ?? null;
  expect(await next('index', 'ask')).toBe('urgent');
  expect(await next('index')).toBe('old');
  expect(await next('scan')).toBeNull();
  await library.updateJob('old', { state: 'running' });
  expect(await next('index')).toBe('twin');
});

test('jobs are listed latest first, by state', async () => {
  const library = openTestLibrary();
  await library.insertJob(aJob('a', { createdAt: '2026-01-01T00:00:00.000Z', state: 'done' }));
  await library.insertJob(aJob('b', { createdAt: '2026-01-02T00:00:00.000Z' }));
  const ids = async (query: Parameters<typeof library.listJobs>[0]) =>
    (await library.listJobs(query)).map((job) => job.id);
  expect(await ids({ limit: 9 })).toEqual(['b', 'a']);
  expect(await ids({ limit: 1 })).toEqual(['b']);
  expect(await ids({ limit: 9, states: ['done', 'failed'] })).toEqual(['a']);
  expect(await ids({ limit: 9, states: [] })).toEqual([]);
});

test('after a kill, work goes back into the queue and questions are said to have failed', async () => {
  const folder = temporaryFolder();
  const killed = openTestLibrary(folder);
  const { item } = await killed.registerMedia(probed('/v/a.mp4'));
  const { id } = await killed.createConversation(item.id, 'who?');
  const half = { role: 'assistant', text: 'A wo', segment: null, provenance: null, error: null } as const;
  await killed.appendMessage(id, { ...half, state: 'streaming' });
  await killed.insertJob(aJob('index', { state: 'running', progress: 0.5, attempts: 1 }));
  await killed.insertJob(aJob('ask', { state: 'running', kind: 'ask' }));
  await killed.insertJob(aJob('waiting'));
  await killed.close();

  const library = openTestLibrary(folder);
  const recovered = await library.recoverJobs(afterKill);
  expect(recovered.map((job) => [job.id, job.state])).toEqual([
    ['index', 'queued'],
    ['ask', 'failed'],
  ]);
  expect((await library.getJob('index')).attempts).toBe(1);
  expect((await library.getJob('ask')).error?.message).toBe('Playhead was closed before this was finished: ask');
  expect((await library.getConversation(id)).messages[0]).toMatchObject({ text: 'A wo', state: 'failed' });
  expect(await library.recoverJobs(afterKill)).toEqual([]);
});

test('a job that was taken off the list stays off it after a new start, until it is tried again', async () => {
  const folder = temporaryFolder();
  const library = openTestLibrary(folder);
  await library.insertJob(aJob('failed', { state: 'failed' }));
  await library.insertJob(aJob('waiting'));
  expect(await library.dismissJobs({})).toEqual(['failed']);
  await library.close();
  const again = openTestLibrary(folder);
  expect((await again.listJobs({ limit: 9 })).map((job) => job.id)).toEqual(['waiting']);
  await again.updateJob('failed', { state: 'queued' });
  expect((await again.listJobs({ limit: 9 })).map((job) => job.id)).toContain('failed');
});

test('many jobs change together, each only from a state that is named', async () => {
  const library = openTestLibrary();
  await library.insertJob(aJob('a'));
  await library.insertJob(aJob('b', { state: 'running' }));
  await library.insertJob(aJob('c', { kind: 'import' }));
  const paused = await library.updateJobs({ kinds: ['index'], states: ['queued'] }, { state: 'paused' });
  expect(paused.map(({ id, state }) => [id, state])).toEqual([['a', 'paused']]);
  expect((await library.updateJobs({ ids: ['a', 'b'], states: ['paused'] }, { state: 'queued' })).length).toBe(1);
});

test('what waited together is one batch, measured in seconds of footage, and counts what is done', async () => {
  const library = openTestLibrary();
  const { item: film } = await library.registerMedia({ ...probed('/v/film.mp4'), durationSec: 297 });
  const { item: clip } = await library.registerMedia({ ...probed('/v/clip.mp4'), durationSec: 7 });
  await library.insertJob(aJob('earlier', { mediaId: clip.id }));
  await library.updateJob('earlier', { state: 'done', progress: 1 });
  await library.insertJob(aJob('film', { mediaId: film.id, progress: 0.5 }));
  await library.insertJob(aJob('clip', { mediaId: clip.id }));
  await library.updateJob('clip', { state: 'done', progress: 1 });
  const batch = await library.getWork();
  expect(batch.sort((a, b) => a.state.localeCompare(b.state))).toEqual([
    { state: 'done', files: 1, work: 10, workDone: 10 },
    { state: 'queued', files: 1, work: 300, workDone: 150 },
  ]);
});

test('an answer whose question is still queued after a kill waits for its turn and says nothing of a failure', async () => {
  const library = openTestLibrary();
  const { item } = await library.registerMedia(probed('/v/a.mp4'));
  const { id } = await library.createConversation(item.id, 'who?');
  const waiting = {
    role: 'assistant',
    text: '',
    state: 'streaming',
    segment: null,
    provenance: null,
    error: null,
  } as const;
  const [queued, paused, asked] = [
    await library.appendMessage(id, waiting),
    await library.appendMessage(id, waiting),
    await library.appendMessage(id, waiting),
  ];
  const ask = (state: 'queued' | 'paused' | 'running', messageId: string) =>
    library.insertJob(aJob(state, { kind: 'ask', state, payload: { messageId } }));
  await ask('queued', queued.id);
  await ask('paused', paused.id);
  await ask('running', asked.id);
  await library.recoverJobs(afterKill);
  expect((await library.getConversation(id)).messages.map(({ state }) => state)).toEqual([
    'streaming',
    'streaming',
    'failed',
  ]);
});

test('after a kill a job of a kind that nobody knows any more fails by name, and nothing else does', async () => {
  const library = openTestLibrary();
  await library.insertJob(aJob('known'));
  for (const state of ['queued', 'paused', 'running', 'done'] as const) {
    await library.insertJob(aJob(`dream, ${state}`, { kind: 'dream' as never, state }));
  }
  const recovered = await library.recoverJobs(afterKill);
  expect(recovered.map(({ title, state, error }) => [title, state, error?.message])).toEqual(
    ['queued', 'paused', 'running'].map((state) => [
      `dream, ${state}`,
      'failed',
      `This version of Playhead does not know how to do this: dream, ${state}`,
    ]),
  );
  expect((await library.getJob('known')).state).toBe('queued');
});

test('a file that was being indexed when the program was killed waits, as its job does', async () => {
  const library = openTestLibrary();
  const { item } = await library.registerMedia(probed('/v/a.mp4'));
  await library.setMediaState(item.id, 'indexing');
  await library.recoverJobs(afterKill);
  expect((await library.getMedia(item.id)).item.state).toBe('queued');
});

test('what ended with a file is taken off the list however many jobs came after it', async () => {
  const library = openTestLibrary();
  await library.insertJob(
    aJob('of the file', { mediaId: 'm', state: 'failed', createdAt: '2026-01-01T00:00:00.000Z' }),
  );
  for (let number = 0; number < 1001; number++) await library.insertJob(aJob(`later ${number}`));
  expect(await library.dismissJobs({ mediaId: 'm' })).toEqual(['of the file']);
});

/** A question, its answer to come and its job are written together, or not at all. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { NewQuestion } from '../../../src/main/ports/libraryApi.ts';
import { aJob, openTestLibrary, probed, temporaryFolder } from './libraryFixture.ts';

async function libraryWithFile() {
  const folder = temporaryFolder();
  const library = openTestLibrary(folder);
  const { item } = await library.registerMedia(probed('/v/a.mp4'));
  return { folder, library, mediaId: item.id };
}

function question(mediaId: string, change: Partial<NewQuestion> = {}): NewQuestion {
  return {
    ...{ mediaId, conversationId: 'talk', isFirst: true, question: 'Which dog?', answerId: 'answer' },
    segment: { startSec: 0, endSec: 10 },
    job: aJob('ask', { kind: 'ask', payload: { messageId: 'answer' } }),
    ...change,
  };
}

test('a first question begins a conversation that is named after it', async () => {
  const { library, mediaId } = await libraryWithFile();
  await library.addQuestion(question(mediaId));
  const talk = await library.getConversation('talk');
  expect(talk.title).toBe('Which dog?');
  expect(talk.messages.map(({ role, text, state }) => [role, text, state])).toEqual([
    ['user', 'Which dog?', 'done'],
    ['assistant', '', 'streaming'],
  ]);
  expect(talk.messages[1]?.id).toBe('answer');
  expect((await library.getJob('ask')).state).toBe('queued');
  await library.addQuestion(question(mediaId, { isFirst: false, answerId: 'second', job: aJob('ask 2') }));
  expect((await library.getConversation('talk')).messages).toHaveLength(4);
});

test.each(['conversations', 'messages', 'jobs'])('when %s cannot be written, nothing is', async (table) => {
  const { folder, library, mediaId } = await libraryWithFile();
  const db = new Database(join(folder, 'library.sqlite'));
  // The last row that is written into each of them is refused.
  const last = table === 'messages' ? "WHEN NEW.role = 'assistant'" : '';
  db.exec(`CREATE TRIGGER refuse BEFORE INSERT ON ${table} ${last} BEGIN SELECT RAISE(ABORT, 'refused'); END`);
  await expect(library.addQuestion(question(mediaId))).rejects.toThrow('refused');
  const rows = ['conversations', 'messages', 'jobs'].map((name) => db.prepare(`SELECT * FROM ${name}`).all());
  db.close();
  expect(rows).toEqual([[], [], []]);
});

test('a question about a file or in a conversation that is not there is refused whole', async () => {
  const { library, mediaId } = await libraryWithFile();
  const other = (await library.registerMedia(probed('/v/b.mp4'))).item.id;
  await expect(library.addQuestion(question('nobody'))).rejects.toMatchObject({ code: 'not-found' });
  await library.addQuestion(question(other));
  const intoOthers = question(mediaId, { isFirst: false, answerId: 'b', job: aJob('b') });
  await expect(library.addQuestion(intoOthers)).rejects.toMatchObject({ code: 'not-found' });
  expect((await library.getConversation('talk')).messages).toHaveLength(2);
  expect(await library.listJobs({ limit: 9 })).toHaveLength(1);
});

test('after a kill at any moment, every question that is there has its answer to come and its job', async () => {
  const folder = temporaryFolder();
  const program = join(import.meta.dirname, 'programs', 'askForever.ts');
  const asking = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void asking.kill('SIGKILL'));
  await once(asking.stdout, 'data');
  const ended = once(asking, 'exit');
  setTimeout(() => asking.kill('SIGKILL'), 150);
  await ended;
  const library = openTestLibrary(folder);
  const jobs = await library.listJobs({ limit: 1_000_000 });
  const { items } = await library.listMedia({ sort: 'added', offset: 0, limit: 1 });
  const talks = await library.listConversations(items[0]?.id ?? '');
  const asked = jobs.map(({ payload }) => (payload as { conversationId: string }).conversationId);
  expect(asked.length).toBeGreaterThan(0);
  expect(talks.map(({ id }) => id).sort()).toEqual(asked.sort());
  expect(talks.every(({ messageCount }) => messageCount === 2)).toBe(true);
});

/** No word of the person's changes unnoticed: whatever a check can see is refused, and a changed row says so. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { PlayheadError } from '../../../src/contract/index.ts';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import { seededRandom } from '../../attack/random.ts';
import { openTestLibrary, probed, temporaryFolder } from './libraryFixture.ts';

const nothing = { segment: null, provenance: null, error: null };

/** A closed library with a fresh copy, and what was said in it. */
async function filledFolder(): Promise<{ folder: string; conversationId: string; said: string[] }> {
  const folder = temporaryFolder();
  const library = createLibrary({ folder });
  const { item } = await library.registerMedia(probed('/v/a.mp4'));
  const { id } = await library.createConversation(item.id, 'which dog?');
  const said = Array.from({ length: 40 }, (_, index) => `word number ${index} of the conversation, and no other`);
  for (const text of said) await library.appendMessage(id, { role: 'user', state: 'done', text, ...nothing });
  await library.close();
  await createLibrary({ folder }).close();
  return { folder, conversationId: id, said };
}

test('a word that was changed on the disk costs its row, and the row says so', async () => {
  const { folder, conversationId, said } = await filledFolder();
  const file = join(folder, 'library.sqlite');
  const bytes = readFileSync(file);
  for (let at = bytes.indexOf('word number 7 of'); at >= 0; at = bytes.indexOf('word number 7 of'))
    bytes.write('Word', at);
  writeFileSync(file, bytes);
  const { messages } = await openTestLibrary(folder).getConversation(conversationId);
  expect(messages[7]).toMatchObject({ text: '', state: 'failed', error: { code: 'library-damaged' } });
  expect(messages.filter((_, index) => index !== 7).map(({ text }) => text)).toEqual(
    said.filter((_, index) => index !== 7),
  );
});

test('a title that was changed on the disk says so', async () => {
  const { folder, conversationId } = await filledFolder();
  const db = new Database(join(folder, 'library.sqlite'));
  db.exec("UPDATE conversations SET title = 'which cat?'");
  db.close();
  expect((await openTestLibrary(folder).getConversation(conversationId)).title).toMatch(/damaged/);
});

test('an answer that grew and one that was broken off keep their checksums', async () => {
  const { folder, conversationId } = await filledFolder();
  const library = createLibrary({ folder });
  const growing = { role: 'assistant', text: '', state: 'streaming', ...nothing } as const;
  const done = await library.appendMessage(conversationId, growing);
  await library.updateMessage(done.id, { text: 'A brown one.', state: 'done' });
  await library.appendMessage(conversationId, growing);
  await library.recoverJobs({});
  await library.close();
  const { messages } = await openTestLibrary(folder).getConversation(conversationId);
  expect(messages.slice(-2).map(({ text, state, error }) => ({ text, state, code: error?.code }))).toEqual([
    { text: 'A brown one.', state: 'done', code: undefined },
    { text: '', state: 'failed', code: 'cancelled' },
  ]);
});

test('30 random mutations, with a fresh copy beside them: no word changes unnoticed, no error is raw', async () => {
  const { folder, conversationId, said } = await filledFolder();
  const seed = 14;
  const random = seededRandom(seed);
  const original = readFileSync(join(folder, 'library.sqlite'));
  for (let round = 0; round < 30; round++) {
    const other = temporaryFolder();
    const bytes = Buffer.from(original);
    const at = random.below(bytes.length);
    random.bytes(1 + random.below(64)).copy(bytes, at);
    writeFileSync(join(other, 'library.sqlite'), bytes);
    copyFileSync(join(folder, 'index.sqlite'), join(other, 'index.sqlite'));
    const seen = await readAll(other, conversationId);
    expect(seen === 'refused' || isUnchanged(seen, said), `seed ${seed}, round ${round}, byte ${at}`).toBe(true);
  }
});

/** Every text as it was written, or a row that says that it is damaged. */
function isUnchanged(seen: { text: string; damaged: boolean }[], said: string[]): boolean {
  return seen.length === said.length && seen.every(({ text, damaged }, index) => damaged || text === said[index]);
}

async function readAll(folder: string, conversationId: string) {
  try {
    const library = openTestLibrary(folder);
    const { messages } = await library.getConversation(conversationId);
    await library.listMedia({ sort: 'name', offset: 0, limit: 10 });
    return messages.map(({ text, error }) => ({ text, damaged: error?.code === 'library-damaged' }));
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(PlayheadError);
    return 'refused' as const;
  }
}

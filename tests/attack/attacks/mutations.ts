/** A library's file with a few random bytes changed, beside a fresh copy and without one. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { PlayheadError } from '../../../src/contract/index.ts';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import { probed } from '../../unit/library/probedFile.ts';
import type { Attack } from '../attack.ts';
import { putFreshCopy } from '../freshCopy.ts';
import { seededRandom } from '../random.ts';

export const mutations: Attack[] = [true, false].map((hasCopy) => ({
  name: `changed bytes in library.sqlite, ${hasCopy ? 'a fresh copy beside it' : 'no copy'}`,
  never: 'a word changes unnoticed, or an error is raw',
  cases: 300,
  run: (seed) => mutate(seed, hasCopy, readWords),
  control: (seed) => mutate(seed, hasCopy, readWithoutChecks),
  controlCases: 300,
}));

interface Original {
  bytes: Buffer;
  conversation: string;
  said: string[];
}
type ReadWords = (folder: string, conversation: string) => Promise<(string | null)[] | 'refused'>;

let original: Promise<Original> | null = null;

async function mutate(seed: number, hasCopy: boolean, read: ReadWords): Promise<string | null> {
  original ??= makeOriginal();
  const { bytes, conversation, said } = await original;
  const random = seededRandom(seed);
  const changed = Buffer.from(bytes);
  random.bytes(1 + random.below(64)).copy(changed, random.below(bytes.length));
  const folder = await mkdtemp(join(tmpdir(), 'playhead-mutation-'));
  try {
    await writeFile(join(folder, 'library.sqlite'), changed);
    if (hasCopy) await putFreshCopy(folder, bytes);
    const words = await read(folder, conversation);
    if (words === 'refused') return null;
    const wrong = said.filter((text, index) => words[index] !== null && words[index] !== text);
    return wrong.length > 0 || words.length !== said.length ? `${wrong.length} changed, ${words.length} there` : null;
  } catch (thrown) {
    return `raw error: ${String(thrown)}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeOriginal(): Promise<Original> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-original-'));
  const library = createLibrary({ folder });
  const { item } = await library.registerMedia(probed('/v/a.mp4'));
  const { id } = await library.createConversation(item.id, 'talk');
  const said = Array.from({ length: 200 }, (_, index) => `what was said as number ${index}, word for word`);
  const word = { role: 'user', state: 'done', segment: null, provenance: null, error: null } as const;
  for (const text of said) await library.appendMessage(id, { ...word, text });
  await library.close();
  const bytes = await readFile(join(folder, 'library.sqlite'));
  await rm(folder, { recursive: true });
  return { bytes, conversation: id, said };
}

/** As the program reads: null for a row that says that it is damaged. */
async function readWords(folder: string, conversation: string): Promise<(string | null)[] | 'refused'> {
  try {
    const library = createLibrary({ folder });
    try {
      const { messages } = await library.getConversation(conversation);
      await library.listMedia({ sort: 'name', offset: 0, limit: 10 });
      return messages.map(({ text, error }) => (error?.code === 'library-damaged' ? null : text));
    } finally {
      await library.close();
    }
  } catch (thrown) {
    if (thrown instanceof PlayheadError) return 'refused';
    throw thrown;
  }
}

async function readWithoutChecks(folder: string, conversation: string): Promise<string[] | 'refused'> {
  const db = new Database(join(folder, 'library.sqlite'), { readonly: true });
  try {
    return db
      .prepare<[string], string>('SELECT text FROM messages WHERE conversation_id = ? ORDER BY ordinal')
      .pluck()
      .all(conversation);
  } finally {
    db.close();
  }
}

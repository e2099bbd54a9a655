/** A kind of knowledge is a row: search, storage, window and terminal go by it. */

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import {
  type KnowledgeKind,
  knowledgeKindNames,
  knowledgeKinds,
  matchName,
  wordColumnNames,
} from '../../../src/contract/index.ts';
import { knowledgeChecksum } from '../../../src/main/library/queries/knowledgeRows.ts';
import { groupKnowledge } from '../../../src/renderer/logic/knowledge.ts';
import { addIndexedFile, knows, openTestLibrary, temporaryFolder } from './libraryFixture.ts';

test.each(knowledgeKindNames)(
  '%s is stored, found by its words, told as its reason, and shown under its heading',
  async (kind) => {
    const library = openTestLibrary();
    const { mediaId } = await addIndexedFile(library, '/v/a.mp4', [[knows(kind, 'marmalade')]]);
    const { hits } = await library.search({ text: 'marmalade', limit: 5 });
    expect(hits[0]?.reasons[0]).toMatchObject({ kind, text: '«marmalade»' });
    const { segments } = await library.getMedia(mediaId);
    expect(groupKnowledge(segments[0]?.knowledge ?? [])).toMatchObject([{ kind, name: knowledgeKinds[kind].heading }]);
    expect(matchName(kind)).toBe(knowledgeKinds[kind].matchName);
  },
);

test('words of one question may lie in any two kinds of one segment', async () => {
  for (const first of knowledgeKindNames) {
    for (const second of knowledgeKindNames) {
      const library = openTestLibrary();
      await addIndexedFile(library, '/v/both.mp4', [[knows(first, 'marmalade'), knows(second, 'toast')]]);
      await addIndexedFile(library, '/v/one.mp4', [[knows(first, 'marmalade')], [knows(second, 'toast')]]);
      const { hits } = await library.search({ text: 'marmalade toast', limit: 5 });
      expect(
        hits.map(({ fileName }) => fileName),
        `${first}, ${second}`,
      ).toEqual(['both.mp4']);
    }
  }
});

test('a word is found inside another one only where words are written together', async () => {
  const library = openTestLibrary();
  for (const kind of knowledgeKindNames)
    await addIndexedFile(library, `/v/${kind}.mp4`, [[knows(kind, 'XMARMALADEX')]]);
  const { hits } = await library.search({ text: 'marmalade', limit: 5 });
  expect(hits.map(({ fileName }) => fileName)).toEqual(['screenText.mp4']);
});

test('the columns of the full-text index are those that the kinds go by, in their order', () => {
  const folder = temporaryFolder();
  openTestLibrary(folder);
  const db = new Database(join(folder, 'index.sqlite'));
  const columns = db.pragma('table_info(segment_words)') as { name: string }[];
  db.close();
  expect(columns.map(({ name }) => name)).toEqual(wordColumnNames);
});

test('knowledge of a kind that only another version knows is left out, and the rest is there', async () => {
  const folder = temporaryFolder();
  const library = openTestLibrary(folder);
  const { mediaId } = await addIndexedFile(library, '/v/a.mp4', [[knows('thing', 'cat'), knows('caption', 'a cat')]]);
  const db = new Database(join(folder, 'index.sqlite'));
  const checksum = knowledgeChecksum({ ...knows('thing', 'cat'), kind: 'dream' as KnowledgeKind, version: null });
  db.prepare("UPDATE knowledge SET kind = 'dream', checksum = ? WHERE kind = 'thing'").run(checksum);
  db.close();
  expect((await library.getMedia(mediaId)).segments[0]?.knowledge.map(({ kind }) => kind)).toEqual(['caption']);
  const { hits } = await library.search({ text: 'cat', limit: 5 });
  expect(hits[0]?.reasons.map(({ kind }) => kind)).toEqual(['caption']);
});

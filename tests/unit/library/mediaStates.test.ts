/** The states of a file, and the moves between them. */

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { MediaState } from '../../../src/contract/index.ts';
import { legalMoves } from '../../../src/main/library/queries/mediaStates.ts';
import { openTestLibrary, probed, temporaryFolder } from './libraryFixture.ts';

const states = Object.keys(legalMoves) as MediaState[];
const pairs = states.flatMap((from) => states.map((to) => [from, to] as const));

/** A library with one file that was brought into this state by nobody's rules. */
async function fileIn(state: MediaState) {
  const folder = temporaryFolder();
  const library = openTestLibrary(folder);
  const { item } = await library.registerMedia(probed('/v/a.mp4'));
  const db = new Database(join(folder, 'library.sqlite'));
  if (state === 'offline') db.exec("UPDATE media SET state = 'ready', offline = 1");
  else db.prepare('UPDATE media SET state = ?').run(state);
  db.close();
  return { library, id: item.id };
}

test.each(pairs)('from %s to %s a file moves where the table says so; any other move is a defect', async (from, to) => {
  const { library, id } = await fileIn(from);
  const move = library.setMediaState(id, to);
  if (from === to || legalMoves[from].includes(to)) await move;
  else
    await expect(move).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining(`cannot become ${to}`),
    });
  const { state } = (await library.getMedia(id)).item;
  expect(state).toBe(from === to || legalMoves[from].includes(to) ? to : from);
});

test('an error is told with its state and cleared by the next one; notices stay until others are told', async () => {
  const { library, id } = await fileIn('indexing');
  const error = { code: 'file-damaged', message: 'broken' } as const;
  await library.setMediaState(id, 'failed', { error, notices: ['no audio track'] });
  expect((await library.getMedia(id)).item).toMatchObject({ error, notices: ['no audio track'] });
  await library.setMediaState(id, 'indexing');
  expect((await library.getMedia(id)).item).toMatchObject({ error: null, notices: ['no audio track'] });
});

test.each(states)('a file that is not in the library becomes nothing, not %s either', async (state) => {
  const { library, id } = await fileIn('ready');
  await expect(library.setMediaState('nobody', state)).rejects.toMatchObject({ code: 'not-found' });
  await library.removeMedia(id);
  await expect(library.setMediaState(id, state)).rejects.toMatchObject({ code: 'not-found' });
});

test('the state of a file is written in one place of the library, and moved by one of the engine', () => {
  const core = join(import.meta.dirname, '../../../src/main');
  const having = (text: RegExp, folder: string) =>
    globSync('**/*.ts', { cwd: join(core, folder) })
      .filter((file) => !file.includes('migrations') && text.test(readFileSync(join(core, folder, file), 'utf8')))
      .sort();
  expect(having(/UPDATE media SET [^`'"]*\b(state|offline|removed_at) =/, 'library')).toEqual([
    'queries/mediaStates.ts',
    'queries/registerMedia.ts', // a file that was found again: it is neither offline nor removed
  ]);
  expect(having(/setMediaState\(/, 'engine')).toEqual(['mediaStates.ts']);
});

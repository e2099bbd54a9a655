import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareRooms, readRooms, writeTable } from '../../../tools/house/readRooms.mjs';

const project = join(import.meta.dirname, '../../..');
const page = readFileSync(join(project, 'docs/architecture.md'), 'utf8');

test('the table of rooms says which rooms there are and what each may import, as the projects hold it', () => {
  expect(compareRooms(page, readRooms(project))).toEqual([]);
});

test('a room that the table leaves out, one that is gone and one that may import something else are each told', () => {
  const rooms = new Map([
    ['src/contract', []],
    ['src/main/media', ['src/contract']],
  ]);
  const table = ['| `src/main/media` | opens files | contract, log |', '| `src/main/core` | all | contract |'].join(
    '\n',
  );
  expect(compareRooms(table, rooms)).toEqual([
    'src/contract is a room and not in the table',
    'src/main/core is in the table and no room',
    'src/main/media may import contract; the table says contract, log',
  ]);
  expect(writeTable(table, rooms).split('\n')[0]).toBe('| `src/main/media` | opens files | contract |');
});

/** What the terminal takes as a file to open, and what as a command. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const terminal = join(import.meta.dirname, '../../../src/main/shells/terminal/index.ts');
const playhead = (...args: string[]) => spawnSync(process.execPath, [terminal, ...args], { encoding: 'utf8' });

it.each([
  // As the system's menus on Windows write it.
  [['--', '/nowhere/search'], '/nowhere/search'],
  [['--library', '/nowhere/library', '--ask', 'search'], 'search'],
  [['--ask=/nowhere/two\nlines "of" $x.mp4'], '/nowhere/two\nlines "of" $x.mp4'],
  [['--ask', import.meta.filename, '/nowhere/second.mp4'], '/nowhere/second.mp4'],
])('a file behind %j is looked for, whatever it is called', (args, path) => {
  const { status, stderr } = playhead(...args);
  expect([status, stderr]).toEqual([1, expect.stringContaining(`(file-not-found) [${resolve(path)}]`)]);
});

it('a link behind "--" is read as a link', () => {
  expect(playhead('--', 'playhead://ask?path=/home/../net/x').stderr).toContain('whole path');
});

it('without these, the first word is a command, and one that does not exist is told as one', () => {
  expect(playhead('films').stderr).toContain("unknown command 'films'");
});

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '../../..');
const emptyHandler = /\.catch\(\(\w*\) => (\{\}|undefined)\)|catch( \(\w+\))? \{\s*\}/;

test('what fails on the main side is told or noted in the log; a handler that does nothing says why beside it', () => {
  const silent = globSync('src/main/**/*.ts', { cwd: project }).flatMap((file) => {
    const lines = readFileSync(join(project, file), 'utf8').split('\n');
    const isSaid = (index: number) => /\/\/|\*\//.test(`${lines[index - 1]}${lines[index]}`);
    return lines.flatMap((line, index) => (emptyHandler.test(line) && !isSaid(index) ? [`${file}:${index + 1}`] : []));
  });
  expect(silent).toEqual([]);
});

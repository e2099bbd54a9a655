/** Kinds of bundle and who answers with them are two tables, in two rooms. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answererFamilies } from '../../../src/main/answering/tasks/answerers/answerers.ts';
import { summariseBundle } from '../../../src/main/models/bundleCatalogue.ts';
import { bundleKinds } from '../../../src/main/models/kinds/bundleKinds.ts';

const project = join(import.meta.dirname, '../../..');
const sample = join(project, 'resources/models/sample-av');

test('every kind of bundle that can be chosen to answer has a family that answers with it, and no other has', () => {
  const answering = [...bundleKinds].filter(([, { answering }]) => answering !== null).map(([name]) => name);
  expect(answering).toEqual(Object.keys(answererFamilies));
});

test('what is true of one kind of bundle alone is said in its row: no other file of the room names a kind', () => {
  const files = globSync('src/main/models/*.ts', { cwd: project });
  const kinds = new RegExp([...bundleKinds.keys()].map((name) => `'${name}'`).join('|'));
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => kinds.test(readFileSync(join(project, file), 'utf8')))).toEqual([]);
});

test('a bundle that answers is summed up with its networks; one for search is refused as what it is', async () => {
  expect(await summariseBundle(sample)).toMatchObject({
    name: 'playhead-sample-av',
    modalities: ['video', 'audio', 'av'],
  });
  await expect(summariseBundle(join(sample, 'embedding'))).rejects.toMatchObject({
    code: 'model-invalid',
    message: 'This bundle is a dual encoder for search and cannot answer questions.',
  });
});

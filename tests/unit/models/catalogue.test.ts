import { join } from 'node:path';
import { expect, test } from 'vitest';
import { estimateNeeds } from '../../../src/main/models/catalogue/estimateNeeds.ts';
import { findEntry, parseCatalogue, readCatalogue } from '../../../src/main/models/catalogue/readCatalogue.ts';

const resources = join(import.meta.dirname, '../../../resources');
const catalogue = await readCatalogue(resources);

test('the catalogue holds every published model and encoders for search, each with its licence', () => {
  const names = catalogue.models.map(({ repository }) => repository?.split('/')[1] ?? 'sample');
  expect(names).toEqual(
    expect.arrayContaining([
      'sample',
      ...['VideoLLaMA2-7B', 'VideoLLaMA2-7B-16F', 'VideoLLaMA2.1-7B-16F', 'VideoLLaMA2.1-7B-AV'],
      ...['VideoLLaMA2-8x7B', 'VideoLLaMA2-72B'],
      ...['siglip-so400m-patch14-384', 'siglip-base-patch16-224', 'clip-vit-large-patch14-336'],
      'siglip-base-patch16-256-multilingual',
    ]),
  );
  for (const { licence } of catalogue.models) expect(licence.card).not.toBe('');
});

test("where the project's terms differ from the card's licence, both are there", () => {
  for (const { repository, licence } of catalogue.models.filter((each) => each.repository?.startsWith('DAMO')))
    expect([repository, licence.project]).toEqual([repository, expect.stringContaining('non-commercial')]);
});

test('a name is found as it is written in commands and on the Hub; another is told what there is', () => {
  expect(findEntry(catalogue, 'VideoLLaMA2.1-7B-AV').id).toBe('videollama2.1-7b-av');
  expect(() => findEntry(catalogue, 'gpt')).toThrow(/holds no model “gpt”/);
});

test('a catalogue with a wrong hash is refused by its field', () => {
  const models = structuredClone(catalogue.models);
  const file = models[1]?.files[0];
  if (file) file.sha256 = 'abc';
  expect(() => parseCatalogue(JSON.stringify({ ...catalogue, models }))).toThrow(/models\.1\.files\.0\.sha256/);
});

test("disk and memory that were measured of the AV model's shapes are estimated within a tenth", () => {
  const { shapes } = findEntry(catalogue, 'videollama2.1-7b-av');
  const [int4] = estimateNeeds(shapes as NonNullable<typeof shapes>);
  const measured = { disk: 6.66e9, memory: 9.83e9 }; // docs/performance.md
  expect((int4?.diskBytes ?? 0) / measured.disk).toBeCloseTo(1, 1);
  expect(Math.abs((int4?.memoryBytes ?? 0) / measured.memory - 1)).toBeLessThan(0.1);
});

test('every larger format takes more of both, and more experts more than fewer', () => {
  for (const { shapes } of catalogue.models) {
    if (shapes === null) continue;
    const needs = estimateNeeds(shapes);
    for (const key of ['diskBytes', 'memoryBytes'] as const)
      expect(needs.map((each) => each[key])).toEqual(needs.map((each) => each[key]).toSorted((a, b) => a - b));
  }
});

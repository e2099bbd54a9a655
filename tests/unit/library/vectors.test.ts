import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addIndexedFile, knows, openTestLibrary } from './libraryFixture.ts';

const space = 'test-space';

test('search by meaning finds what a scan of all vectors finds, in its order, above the threshold', async () => {
  const value = fc.double({ min: -1, max: 1, noNaN: true });
  const vector = fc.array(value, { minLength: 6, maxLength: 6 }).filter((v) => Math.hypot(...v) > 0.01);
  await fc.assert(
    fc.asyncProperty(
      fc.array(vector, { minLength: 1, maxLength: 40 }),
      vector,
      value,
      async (vectors, query, least) => {
        const library = openTestLibrary();
        const { mediaId, segmentIds } = await addIndexedFile(
          library,
          '/v/a.mp4',
          vectors.map(() => []),
        );
        for (const [index, each] of vectors.entries()) {
          await library.setVector(space, 6, { segmentId: segmentIds[index] as string, vector: each });
        }
        const expected = vectors.map((each) => cosine(each, query)).filter((each) => each > least + 1e-5);
        for (const scope of [{}, { mediaId }]) {
          const { hits } = await library.search({
            text: '',
            limit: 200,
            vector: query,
            space,
            minCosine: least,
            ...scope,
          });
          const found = hits.map((hit) => cosine(vectors[segmentIds.indexOf(hit.segmentId)] as number[], query));
          expect(found.every((each) => each >= least - 1e-5)).toBe(true);
          expect(found.length).toBeGreaterThanOrEqual(expected.length);
          if (vectors.length <= 3) {
            for (const [index, each] of found.entries())
              expect(each).toBeLessThanOrEqual((found[index - 1] ?? 1) + 1e-5);
          }
        }
        await library.close();
      },
    ),
    { numRuns: 25 },
  );
});

test('vectors of different spaces and sizes never meet', async () => {
  const library = openTestLibrary();
  const { segmentIds } = await addIndexedFile(library, '/v/a.mp4', [[], [], []]);
  await library.setVector('old model', 2, { segmentId: segmentIds[0] as string, vector: [1, 0] });
  await library.setVector('new model', 2, { segmentId: segmentIds[1] as string, vector: [1, 0] });
  await library.setVector('new model', 3, { segmentId: segmentIds[2] as string, vector: [1, 0, 0] });
  const { hits } = await library.search({ text: '', limit: 9, vector: [1, 0], space: 'new model' });
  expect(hits.map((hit) => hit.segmentId)).toEqual([segmentIds[1]]);
  expect(hits[0]?.reasons).toEqual([
    { kind: 'meaning', text: 'looks like what was asked for', source: 'new model', atSec: null },
  ]);
  const unknown = await library.search({ text: '', limit: 9, vector: [1, 0], space: 'third model' });
  // Footage that is indexed and has no place by meaning does not get one by waiting.
  expect(unknown).toMatchObject({
    hits: [],
    notices: [expect.stringContaining('none of the indexed files is known to the model "third model"')],
  });
});

test('a vector is replaced by the next one and goes with its segment', async () => {
  const library = openTestLibrary();
  const { mediaId, segmentIds } = await addIndexedFile(library, '/v/a.mp4', [[]]);
  const put = (vector: number[]) => library.setVector(space, 2, { segmentId: segmentIds[0] as string, vector });
  const count = async () => (await library.search({ text: '', limit: 9, vector: [0, 5], space })).hits.length;
  await put([1, 0]);
  expect(await count()).toBe(0);
  await put([0, 1]);
  expect(await count()).toBe(1);
  await library.replaceSegments(mediaId, [{ startSec: 0, endSec: 1, thumbnailPath: null }]);
  expect(await count()).toBe(0);
});

test('a vector that is none is refused', async () => {
  const library = openTestLibrary();
  const { segmentIds } = await addIndexedFile(library, '/v/a.mp4', [[]]);
  for (const vector of [[1], [0, 0], [Number.NaN, 1], [Number.POSITIVE_INFINITY, 1]]) {
    await expect(library.setVector(space, 2, { segmentId: segmentIds[0] as string, vector })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  }
});

test('what holds all the words comes before what is only near in meaning', async () => {
  const library = openTestLibrary();
  const { segmentIds } = await addIndexedFile(library, '/v/a.mp4', [[], [knows('thing', 'dog')]]);
  await library.setVector(space, 2, { segmentId: segmentIds[0] as string, vector: [1, 0] });
  const { hits } = await library.search({ text: 'dog', limit: 9, vector: [1, 0.1], space });
  expect(hits.map((hit) => hit.reasons.map((reason) => reason.kind))).toEqual([['thing'], ['meaning']]);
});

function cosine(a: number[], b: number[]): number {
  const dot = a.reduce((sum, value, index) => sum + value * (b[index] as number), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

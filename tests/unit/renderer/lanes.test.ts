import { expect, test } from 'vitest';
import type { KnowledgeKind } from '../../../src/contract/knowledge.ts';
import { CHUNK_PEAKS, PEAK_SAMPLES } from '../../../src/contract/madeRoutes.ts';
import type { IndexedSegment } from '../../../src/contract/media.ts';
import { itemsInView, lanes } from '../../../src/renderer/logic/lanes.ts';
import { chunksFor, columnsOf, levelFor } from '../../../src/renderer/logic/waveform.ts';

const knows = (kind: KnowledgeKind, text: string, startSec: number, endSec: number) => {
  return { kind, text, startSec, endSec, source: 's', confidence: null };
};
const segment = (startSec: number, ...knowledge: IndexedSegment['knowledge']): IndexedSegment => {
  return { id: `${startSec}`, mediaId: 'm', ordinal: 0, startSec, endSec: startSec + 10, thumbnail: null, knowledge };
};
const nothing = { segments: [], hits: [], cited: [], markers: [] };
const laneOf = (id: string) => lanes.find((lane) => lane.id === id);

test('what goes on over a cut is one item, and things that are seen together share one', () => {
  const segments = [
    segment(0, knows('thing', 'cat', 0, 10), knows('thing', 'dog', 0, 10)),
    segment(10, knows('thing', 'tree', 10, 20)),
    segment(20, knows('thing', 'tree', 20, 30), knows('caption', 'A tree.', 20, 30)),
  ];
  expect(laneOf('thing')?.itemsOf({ ...nothing, segments })).toMatchObject([
    { startSec: 0, endSec: 10, label: 'cat, dog' },
    { startSec: 10, endSec: 30, label: 'tree' },
  ]);
  expect(laneOf('caption')?.itemsOf({ ...nothing, segments })).toMatchObject([{ startSec: 20, endSec: 30 }]);
});

test('a hit and a citation play their stretch; a marker is a place, a chapter a stretch', () => {
  const cited = [{ startSec: 3, endSec: 5 }];
  expect(laneOf('cited')?.itemsOf({ ...nothing, cited })).toMatchObject([{ startSec: 3, endSec: 5, plays: true }]);
  const markers = [
    { id: 'a', startSec: 1, endSec: null, text: 'here' },
    { id: 'b', startSec: 2, endSec: 9, text: 'chapter' },
  ];
  expect(laneOf('markers')?.itemsOf({ ...nothing, markers })).toMatchObject([{ endSec: 1 }, { endSec: 9 }]);
});

test('an hour of short items is no more than fits on the screen, and none of them is lost when one goes near', () => {
  const items = Array.from({ length: 20_000 }, (_, i) => {
    return { key: `${i}`, label: `${i}`, startSec: i * 0.18, endSec: i * 0.18 + 0.1 };
  });
  const whole = itemsInView(items, { startSec: 0, endSec: 3600 }, 1000);
  expect(whole.length).toBeLessThanOrEqual(252);
  expect(whole.at(-1)?.endSec).toBeCloseTo(items.at(-1)?.endSec ?? 0);
  const near = itemsInView(items, { startSec: 18, endSec: 19.8 }, 1000);
  expect(near.map(({ key }) => key)).toContain('105');
  expect(near.length).toBe(11);
});

test('the peaks of a view come from the level that has one for each pixel', () => {
  expect(levelFor({ startSec: 0, endSec: 60 }, 1000, 48_000)).toBe('coarse');
  expect(levelFor({ startSec: 0, endSec: 2 }, 1000, 48_000)).toBe('fine');
  expect(chunksFor({ startSec: 59, endSec: 121 }, 'coarse', 48_000).map(({ number }) => number)).toEqual([0, 1, 2]);
  expect(chunksFor({ startSec: 0, endSec: 60 }, 'coarse', 48_000)).toHaveLength(1);
});

test('each column of the waveform is the lowest and highest sample under it, over the border of chunks', () => {
  const peakAt = (i: number): [number, number] => [-(i % 977), (i * 7) % 1009];
  const pairsOf = (number: number) =>
    Array.from({ length: CHUNK_PEAKS }, (_, i) => peakAt(number * CHUNK_PEAKS + i)).flat();
  const chunkOf = (number: number) => (number > 1 ? null : Int16Array.from(pairsOf(number)));
  const sampleRate = PEAK_SAMPLES.coarse * 100; // a hundred peaks a second
  const view = { startSec: 50, endSec: 70 };
  const columns = columnsOf(view, 200, { level: 'coarse', sampleRate, chunkOf });
  for (const [x, column] of columns.entries()) {
    const under = Array.from({ length: 10 }, (_, i) => peakAt(5000 + x * 10 + i));
    expect(column?.low).toBeCloseTo(Math.min(...under.map(([low]) => low)) / 32_767);
    expect(column?.high).toBeCloseTo(Math.max(...under.map(([, high]) => high)) / 32_767);
  }
  expect(columnsOf({ startSec: 200, endSec: 210 }, 5, { level: 'coarse', sampleRate, chunkOf })).toEqual(
    Array(5).fill(null),
  );
});

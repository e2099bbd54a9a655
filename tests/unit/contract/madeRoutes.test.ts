import { expect, test } from 'vitest';
import { parseMadeRoute, peaksRoute, playableRoute, stillRoute, stripRoute } from '../../../src/contract/madeRoutes.ts';

test('what is made of a file has one route, which is read back', () => {
  const routes = {
    piece: playableRoute('m-1', { format: 'vp9', first: 12, count: 4 }),
    strip: stripRoute('m-1', { stepMs: 500, number: 3 }),
    still: stillRoute('m-1', { atMs: 1234, edge: 0 }),
    chunk: peaksRoute('m-1', { level: 'fine', number: 0 }),
  };
  expect(parseMadeRoute(routes.piece)).toMatchObject({ mediaId: 'm-1', piece: { format: 'vp9', first: 12, count: 4 } });
  expect(parseMadeRoute(`/${routes.strip}`)).toMatchObject({ kind: 'strip', strip: { stepMs: 500, number: 3 } });
  expect(parseMadeRoute(routes.still)).toMatchObject({ still: { atMs: 1234, edge: 0 } });
  expect(parseMadeRoute(routes.chunk)).toMatchObject({ chunk: { level: 'fine', number: 0 } });
});

test.each([
  'media/m',
  'playable/m.h265.0.1',
  'playable/m.h264.0.5',
  'playable/m.h264.0.0',
  'playable/m.h264.-1.1',
  'playable/../m.h264.0.1',
  'strip/m.0.1',
  'strip/m.500',
  'strip/m.1e3.1',
  'still/m.5.99999',
  'peaks/m.constructor.1',
  'peaks/m.fine.',
  'peaks/m.fine.1/../..',
])('%s is no route to anything that is made', (route) => {
  expect(parseMadeRoute(route)).toBeNull();
});

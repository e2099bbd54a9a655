import { expect, test } from 'vitest';
import {
  boxIn,
  panView,
  placeOf,
  secAt,
  shortestView,
  stillStep,
  viewWith,
  wholeView,
  zoomView,
} from '../../../src/renderer/logic/timelineView.ts';

const hour = { durationSec: 3600, shortestSec: shortestView(25) };

test('zooming keeps the moment under the pointer where it is, from the whole file to single frames and back', () => {
  let view = wholeView(3600);
  const aroundSec = 1234.5;
  while (view.endSec - view.startSec > hour.shortestSec * 1.01) {
    const place = placeOf(view, aroundSec);
    const next = zoomView(view, { factor: 1.6, aroundSec }, hour);
    expect(next.endSec - next.startSec).toBeLessThan(view.endSec - view.startSec);
    expect(placeOf(next, aroundSec)).toBeCloseTo(place, 6);
    view = next;
  }
  expect((view.endSec - view.startSec) * 25).toBeCloseTo(10);
  for (let i = 0; i < 30; i++) view = zoomView(view, { factor: 0.5, aroundSec }, hour);
  expect(view).toEqual(wholeView(3600));
});

test('the view stays within the file, however far it is moved', () => {
  const view = { startSec: 10, endSec: 20 };
  expect(panView(view, -50, 60)).toEqual({ startSec: 0, endSec: 10 });
  expect(panView(view, 500, 60)).toEqual({ startSec: 50, endSec: 60 });
  expect(
    zoomView(view, { factor: 100, aroundSec: 15 }, { durationSec: 0.05, shortestSec: 0.4 }).endSec,
  ).toBeLessThanOrEqual(0.05);
  expect(zoomView(wholeView(0), { factor: 2, aroundSec: 0 }, { durationSec: 0, shortestSec: 0.4 })).toEqual(
    wholeView(0),
  );
});

test('the view turns like a page to the moment that has left it', () => {
  const view = { startSec: 10, endSec: 20 };
  expect(viewWith(view, 15, 60)).toBe(view);
  expect(viewWith(view, 20.1, 60)).toEqual({ startSec: 19.6, endSec: 29.6 });
  expect(viewWith(view, 5, 60)).toEqual({ startSec: 0, endSec: 10 });
});

test('a range is cut at the edges of the view, and is not there outside', () => {
  const view = { startSec: 10, endSec: 20 };
  expect(boxIn(view, { startSec: 5, endSec: 15 })).toEqual({ left: '0%', width: '50%' });
  expect(boxIn(view, { startSec: 30, endSec: 40 })).toBeNull();
  expect(secAt(view, placeOf(view, 12.3))).toBeCloseTo(12.3);
});

test('stills are as close as they fit, on a grid that stays when the view moves', () => {
  expect(stillStep({ startSec: 0, endSec: 3600 }, 1000, 100)).toBe(400_000);
  expect(stillStep({ startSec: 100, endSec: 3700 }, 1000, 100)).toBe(400_000);
  expect(stillStep({ startSec: 0, endSec: 60 }, 1000, 100)).toBe(6000);
  expect(stillStep({ startSec: 0, endSec: 0.4 }, 1000, 50)).toBe(20);
});

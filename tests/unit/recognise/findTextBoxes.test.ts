import { describe, expect, it } from 'vitest';
import { findTextBoxes } from '../../../src/main/recognising/text/findTextBoxes.ts';
import { minAreaRect, unclip } from '../../../src/main/recognising/text/rotatedRect.ts';

/** A map with a value wherever `inside` holds. */
function probabilityMap(width: number, height: number, inside: (x: number, y: number) => number) {
  const data = Float32Array.from({ length: width * height }, (_, i) => inside(i % width, Math.floor(i / width)));
  return { data, width, height };
}

describe('boxes of a probability map', () => {
  it('are the regions grown by area * 1.5 / perimeter on every side', () => {
    const map = probabilityMap(64, 32, (x, y) => (x >= 10 && x < 50 && y >= 12 && y < 20 ? 0.9 : 0.1));
    const [box, ...others] = findTextBoxes(map, 64, 32);
    const grown = (40 * 8 * 1.5) / (2 * 48);
    expect(others).toEqual([]);
    expect(box?.score).toBeCloseTo(0.9);
    expect(box?.rect.centre).toEqual({ x: 30, y: 16 });
    expect(box?.rect.width).toBeCloseTo(40 + 2 * grown);
    expect(box?.rect.height).toBeCloseTo(8 + 2 * grown);
    expect(box?.rect.angle).toBeCloseTo(0);
  });

  it('are given in pixels of the picture, from top to bottom', () => {
    const map = probabilityMap(64, 64, (x, y) => (x < 30 && y % 32 >= 10 && y % 32 < 16 ? 0.9 : 0));
    const boxes = findTextBoxes(map, 128, 192);
    expect(boxes.map(({ rect }) => Math.round(rect.centre.y))).toEqual([39, 135]);
    expect(boxes.map(({ rect }) => Math.round(rect.centre.x))).toEqual([30, 30]);
  });

  it('leave out regions that are faint or thin', () => {
    const faint = probabilityMap(64, 32, (x, y) => (x < 40 && y < 8 ? 0.5 : 0));
    const thin = probabilityMap(64, 32, (x, y) => (x < 40 && y < 2 ? 0.9 : 0));
    expect(findTextBoxes(faint, 640, 320)).toEqual([]);
    expect(findTextBoxes(thin, 640, 320)).toEqual([]);
  });

  it('follow the tilt of a line', () => {
    const tilt = Math.PI / 9;
    const map = probabilityMap(200, 200, (x, y) => {
      const along = (x - 100) * Math.cos(tilt) + (y - 100) * Math.sin(tilt);
      const across = (y - 100) * Math.cos(tilt) - (x - 100) * Math.sin(tilt);
      return Math.abs(along) < 60 && Math.abs(across) < 6 ? 0.95 : 0;
    });
    const rect = findTextBoxes(map, 200, 200)[0]?.rect;
    expect(rect?.angle).toBeCloseTo(tilt, 1);
    expect(rect?.width).toBeGreaterThan(120);
    expect(rect?.height).toBeLessThan(40);
  });
});

describe('the smallest rectangle around pixels', () => {
  it('of one pixel is that pixel', () => {
    expect(minAreaRect([{ x: 3, y: 4 }])).toMatchObject({ centre: { x: 3.5, y: 4.5 }, width: 1, height: 1 });
  });

  it('keeps its angle within a quarter of a right angle to either side', () => {
    for (let degrees = -90; degrees <= 90; degrees += 7) {
      const angle = (degrees * Math.PI) / 180;
      const line = Array.from({ length: 40 }, (_, i) => ({ x: i * Math.cos(angle), y: i * Math.sin(angle) }));
      expect(Math.abs(minAreaRect(line).angle)).toBeLessThanOrEqual(Math.PI / 4 + 1e-9);
    }
  });

  it('stays where it is when it is grown', () => {
    const rect = minAreaRect([
      { x: 0, y: 0 },
      { x: 9, y: 0 },
      { x: 9, y: 4 },
      { x: 0, y: 4 },
    ]);
    expect(unclip(rect, 1.5).centre).toEqual(rect.centre);
  });
});

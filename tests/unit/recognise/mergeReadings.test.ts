import { describe, expect, it } from 'vitest';
import { joinRows } from '../../../src/main/recognising/text/joinRows.ts';
import { mergeReadings } from '../../../src/main/recognising/text/mergeReadings.ts';

/** Frames of 2 s each, with the readings [text, confidence] of each. */
function frames(...all: [text: string, confidence: number][][]) {
  return all.map((readings, i) => ({
    startSec: i * 2,
    endSec: i * 2 + 2,
    readings: readings.map(([text, confidence]) => ({ text, confidence })),
  }));
}

const texts = (...all: Parameters<typeof frames>) => mergeReadings(frames(...all)).map(({ text }) => text);

describe('readings over the frames of a segment', () => {
  it('of the same title become one, from its first frame to the end of its last', () => {
    const merged = mergeReadings(frames([], [['Harbour Lights', 0.9]], [['Harbour Lights', 0.98]], []));
    expect(merged).toEqual([{ text: 'Harbour Lights', confidence: 0.98, startSec: 2, endSec: 6, frames: 2 }]);
  });

  it('keep the spelling that the other frames bear out', () => {
    expect(texts([['Harb0ur Lights', 0.95]], [['Harbour Lights', 0.9]], [['Harbour Lights', 0.9]])).toEqual([
      'Harbour Lights',
    ]);
  });

  it.each([
    [['HEUREN', 'HEURED', 'HEURES'], 'HEURES'],
    [['Bakcry', 'Bakery', 'Bakeny'], 'Bakery'],
    [['OUVERTUPE', 'OUVERTURE', 'OUVFRTURE'], 'OUVERTURE'],
    [['Strcet 12', 'Street 12'], 'Street 12'],
    [['Harb0ur', 'Harbour'], 'Harbour'],
  ])('that differ in every frame are the one that looks most like words: %s', (spellings, likeliest) => {
    const readings = spellings.map((text): [string, number][] => [[text, 0.9]]);
    expect(texts(...readings)).toEqual([likeliest]);
    expect(texts(...readings.toReversed())).toEqual([likeliest]);
  });

  it('keep the whole rather than a piece of it', () => {
    expect(texts([['Harbour', 0.95]], [['Harbour Lights', 0.95]])).toEqual(['Harbour Lights']);
  });

  it('stay apart when they say something else', () => {
    expect(texts([['Bakery', 0.95]], [['Harbour', 0.95]])).toEqual(['Bakery', 'Harbour']);
    expect(texts([['Chapter 1', 0.95]], [['Chapter 2', 0.95]])).toEqual(['Chapter 1', 'Chapter 2']);
  });

  it('of a clock that runs on a little are one', () => {
    expect(texts([['12:34:56', 0.95]], [['12:34:58', 0.95]], [['12:34:59', 0.95]])).toHaveLength(1);
  });

  it('leave out single characters, unsure readings and short ones that are not very sure', () => {
    expect(texts([['D', 0.99]], [['D', 0.99]])).toEqual([]);
    expect(texts([['Harbour', 0.65]], [['Harbour', 0.65]])).toEqual([]);
    expect(texts([['REOS', 0.75]], [['REOS', 0.69]])).toEqual([]);
    expect(texts([['Harbour', 0.75]])).toEqual([]);
    expect(texts([['Harbour', 0.75]], [['Harbour', 0.72]])).toEqual(['Harbour']);
    expect(texts([['Exit', 0.97]])).toEqual(['Exit']);
  });

  it('are given plain forms of wide characters', () => {
    expect(texts([['Strings：Ｊ７１', 0.95]])).toEqual(['Strings:J71']);
  });
});

describe('boxes of one frame', () => {
  const box = (text: string, x: number, y: number, width: number, height = 20) => ({
    text,
    confidence: 0.9,
    rect: { centre: { x: x + width / 2, y }, width, height, angle: 0 },
  });

  it('that stand side by side become one line', () => {
    const lines = joinRows([box('Lights', 90, 51, 60), box('Harbour', 10, 50, 70), box('1987', 160, 50, 40)]);
    expect(lines.map(({ text }) => text)).toEqual(['Harbour Lights 1987']);
  });

  it('stay apart across a wide gap, on other rows and at other sizes', () => {
    const lines = joinRows([box('left', 10, 50, 40), box('right', 200, 50, 40), box('below', 10, 80, 40)]);
    expect(lines.map(({ text }) => text)).toEqual(['left', 'right', 'below']);
    expect(joinRows([box('BIG', 10, 50, 80, 40), box('small', 95, 50, 40, 12)])).toHaveLength(2);
  });
});

import { expect, test } from 'vitest';
import { positionToKeep } from '../../../src/renderer/logic/resume.ts';
import { matchesShortcut, shortcutKeys } from '../../../src/renderer/logic/shortcut.ts';
import { frameTime, nextSpeed, shuttle } from '../../../src/renderer/logic/shuttle.ts';
import { nameOfTrack } from '../../../src/renderer/logic/soundTracks.ts';
import { linesAt, sourcesOf } from '../../../src/renderer/logic/subtitles.ts';

test('L and J go faster with each press, turn round with the first one of the other, and stay at their fastest', () => {
  const press = (directions: (1 | -1)[]) => directions.reduce((speed: number, to) => shuttle(speed, to), 0);
  expect(press([1])).toBe(1);
  expect(press([1, 1, 1])).toBe(2);
  expect(press([1, 1, -1])).toBe(-1);
  expect(press([-1, -1, -1])).toBe(-4);
  expect(press([-1, -1, 1])).toBe(1);
  expect(press(Array(12).fill(1))).toBe(8);
  expect(press(Array(12).fill(-1))).toBe(-8);
  expect(shuttle(0, 1, 0.5)).toBe(0.5);
});

test('the speed goes in steps and stays within them', () => {
  expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(3, 1), nextSpeed(0.25, -1)]).toEqual([1.25, 0.75, 3, 0.25]);
});

test('a frame is named by its middle, whatever rounding made of its edge', () => {
  const fps = 30_000 / 1001;
  for (const frame of [0, 1, 2, 29, 30, 1799, 107_999]) {
    expect(Math.floor(frameTime(frame / fps, fps) * fps)).toBe(frame);
    expect(Math.floor(frameTime(Number((frame / fps).toFixed(6)), fps, 1) * fps)).toBe(frame + 1);
    expect(Math.floor(frameTime(frameTime(frame / fps, fps), fps, -1) * fps)).toBe(Math.max(0, frame - 1));
  }
});

test('a file goes on where it was left, but not within its first or last seconds', () => {
  expect([1, 12.34, 58.5].map((sec) => positionToKeep(sec, 60))).toEqual([null, 12.3, null]);
});

test('plus and minus are keys as others are, with and without Ctrl', () => {
  const press = { key: '+', ctrlKey: false, metaKey: false, altKey: false, shiftKey: true };
  expect(matchesShortcut('+', press)).toBe(true);
  expect(matchesShortcut('Mod++', { ...press, ctrlKey: true })).toBe(true);
  expect(matchesShortcut('Mod+K', { ...press, ctrlKey: true })).toBe(false);
  expect(shortcutKeys('Mod++', false)).toEqual(['Ctrl', '+']);
});

test('only the chosen subtitles are shown, while they last, two at once where they overlap', () => {
  const line = (source: string, startSec: number, endSec: number, text: string) => ({ source, startSec, endSec, text });
  const lines = [line('a.srt', 1, 4, 'one'), line('b.srt', 1, 4, 'un'), line('a.srt', 3, 5, 'two')];
  expect(sourcesOf(lines)).toEqual(['a.srt', 'b.srt']);
  expect([0.9, 1, 3.5, 4, 5].map((sec) => linesAt(lines, 'a.srt', sec))).toEqual([
    [],
    ['one'],
    ['one', 'two'],
    ['two'],
    [],
  ]);
  expect(linesAt(lines, null, 2)).toEqual([]);
});

test('a sound track is called by its number, language, title and shape', () => {
  const track = { streamIndex: 2, codec: 'ac3', channels: 6, language: 'fra', title: null };
  expect(nameOfTrack(track, 1)).toBe('2 · French · ac3 5.1');
  expect(nameOfTrack({ ...track, language: null, title: 'Comments', channels: 2 }, 0)).toBe(
    '1 · Comments · ac3 stereo',
  );
});

/** Boxes that stand side by side become one line, so that the words of a title stay together. */
import { standsOnEnd } from './cropLine.ts';
import type { Reading } from './ctcDecode.ts';
import type { RotatedRect } from './rotatedRect.ts';

export interface PlacedReading extends Reading {
  rect: RotatedRect;
}

/** Gaps up to this many line heights are spaces between words. */
const maxGap = 1.2;
/** Lines whose heights differ by more than this factor are not one line. */
const maxHeightRatio = 1.6;
const maxTilt = 0.1;

/** The readings of one frame as lines, from top to bottom; words of neighbouring boxes are parted by a space. */
export function joinRows(readings: readonly PlacedReading[]): Reading[] {
  const rows: PlacedReading[][] = [];
  for (const reading of [...readings].sort((a, b) => left(a) - left(b))) {
    const row = rows.find((candidate) => continues(candidate.at(-1) as PlacedReading, reading));
    if (row) row.push(reading);
    else rows.push([reading]);
  }
  return rows.sort((a, b) => top(a) - top(b)).map(joined);
}

function continues(before: PlacedReading, after: PlacedReading): boolean {
  const [a, b] = [before.rect, after.rect];
  const lower = Math.min(a.height, b.height);
  const gap = left(after) - (a.centre.x + a.width / 2);
  return (
    !standsOnEnd(a) &&
    !standsOnEnd(b) &&
    Math.max(Math.abs(a.angle), Math.abs(b.angle)) < maxTilt &&
    Math.max(a.height, b.height) < lower * maxHeightRatio &&
    Math.abs(a.centre.y - b.centre.y) < lower / 2 &&
    gap > -lower &&
    gap < lower * maxGap
  );
}

function joined(row: readonly PlacedReading[]): Reading {
  const letters = row.reduce((sum, { text }) => sum + text.length, 0);
  const confidence =
    row.reduce((sum, { text, confidence }) => sum + confidence * text.length, 0) / Math.max(1, letters);
  return { text: row.map(({ text }) => text).join(' '), confidence };
}

function left({ rect }: PlacedReading): number {
  return rect.centre.x - rect.width / 2;
}

function top(row: readonly PlacedReading[]): number {
  return (row[0] as PlacedReading).rect.centre.y;
}

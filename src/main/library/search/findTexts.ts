/** Texts that mean nearly what was asked for, though they may share no word with it. */
import type { Knowledge } from '../../../contract/index.ts';
import type { ReadableDatabase } from '../driver.ts';
import { countMeanings, hasMeanings, textsLike } from '../queries/textMeanings.ts';
import { prepared } from '../statements.ts';
import type { Scope } from './findByWords.ts';

/** The nearest text of a segment. */
export interface NearText extends Pick<Knowledge, 'kind' | 'text' | 'source' | 'startSec' | 'endSec'> {
  segmentRow: number;
  /** To the question. */
  cosine: number;
}

/**
 * How near a text must be to be an answer. The more texts there are, the nearer some of them lie to any question by
 * chance, so it grows with their number: at most two of a hundred questions about what is nowhere find anything
 * (`node tools/calibrateMeaning.ts`; measured up to 159 texts, beyond that the same line goes on).
 */
export function nearEnough(texts: number): number {
  return Math.min(0.75, Math.max(0.45, 0.42 + 0.03 * Math.log(Math.max(1, texts))));
}

/** Reads. The nearest text of each segment that has one near enough, the nearest first. */
export function findTexts(db: ReadableDatabase, meaning: number[] | undefined, scope: Scope): NearText[] {
  if (meaning === undefined || !hasMeanings(db)) return [];
  const least = nearEnough(countMeanings(db));
  const near = textsLike(db, meaning, scope.mediaId, scope.limit).filter(({ cosine }) => cosine >= least);
  const piece = prepared<Omit<NearText, 'cosine'>>(
    db,
    `SELECT segment_row AS segmentRow, kind, text, source, start_sec AS startSec, end_sec AS endSec
     FROM knowledge WHERE row = ?`,
  );
  const nearest = new Map<number, NearText>();
  for (const { row, cosine } of near) {
    const found = piece.get(row);
    if (found && !nearest.has(found.segmentRow)) nearest.set(found.segmentRow, { ...found, cosine });
  }
  return [...nearest.values()];
}

/** Every word of the index, once: what a mistyped or half-typed word could have meant. */
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { prepared } from '../statements.ts';
import { typingErrors } from './typingErrors.ts';

/** Behind every word that starts with it, in the byte order of SQLite. */
const AFTER_ALL = '\u{10ffff}';

/** Writes. */
export function addToVocabulary(db: WritableDatabase, words: Iterable<string>): void {
  const addWord = prepared(db, 'INSERT OR IGNORE INTO vocabulary (word) VALUES (?)');
  const addTrigrams = prepared(db, 'INSERT INTO vocabulary_trigrams (rowid, word) VALUES (?, ?)');
  for (const word of new Set(words)) {
    const { changes, lastInsertRowid } = addWord.run(word);
    if (changes > 0) addTrigrams.run(lastInsertRowid, word);
  }
}

/** Reads. */
export function isWord(db: ReadableDatabase, word: string): boolean {
  return prepared(db, 'SELECT 1 FROM vocabulary WHERE word = ?').get(word) !== undefined;
}

/** Reads. Those of these words that stand in the index. */
export function knownWords(db: ReadableDatabase, words: Iterable<string>): Set<string> {
  const sql = 'SELECT word FROM vocabulary WHERE word IN (SELECT value FROM json_each(?))';
  return new Set(wordColumn(db, sql, JSON.stringify([...words])));
}

/** Reads. The shortest words that begin with `start` and are longer. */
export function wordsStartingWith(db: ReadableDatabase, start: string, limit: number): string[] {
  return wordColumn(
    db,
    'SELECT word FROM vocabulary WHERE word > ? AND word < ? ORDER BY length(word), word LIMIT ?',
    start,
    start + AFTER_ALL,
    limit,
  );
}

/** Reads. The shortest words that hold `part` anywhere but at their beginning. */
export function wordsContaining(db: ReadableDatabase, part: string, limit: number): string[] {
  if ([...part].length < 3) {
    return wordColumn(
      db,
      'SELECT word FROM vocabulary WHERE instr(word, ?) > 1 ORDER BY length(word), word LIMIT ?',
      part,
      limit,
    );
  }
  return wordColumn(
    db,
    `SELECT word FROM vocabulary WHERE instr(word, ?) > 1
       AND row IN (SELECT rowid FROM vocabulary_trigrams WHERE vocabulary_trigrams MATCH ?)
     ORDER BY length(word), word LIMIT ?`,
    part,
    `"${part}"`,
    limit,
  );
}

/**
 * Reads. Words within a typing error or two of `word` that begin with the same character, the nearest first;
 * from six letters on, also longer words that begin in such a way ("aquilla": "aquilastrings").
 */
export function wordsNear(db: ReadableDatabase, word: string, limit: number): string[] {
  const first = String.fromCodePoint(word.codePointAt(0) as number);
  const allowed = allowedErrors(word);
  if (allowed === 0) return [];
  const candidates = wordColumn(
    db,
    'SELECT word FROM vocabulary WHERE word >= ? AND word < ? AND length(word) >= ?',
    first,
    first + AFTER_ALL,
    word.length - allowed,
  );
  return candidates
    .map((candidate) => ({ candidate, errors: nearness(word, candidate, allowed) }))
    .filter(({ errors }) => errors <= allowed)
    .sort((a, b) => a.errors - b.errors || a.candidate.length - b.candidate.length)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** Short words have too many neighbours to guess; numbers are never guessed. */
function allowedErrors(word: string): number {
  if (word.length < 5 || /\p{N}/u.test(word)) return 0;
  return word.length < 9 ? 1 : 2;
}

function nearness(word: string, candidate: string, allowed: number): number {
  const whole = typingErrors(word, candidate, allowed);
  if (whole <= allowed || word.length < 6 || candidate.length <= word.length + allowed) return whole;
  const beginnings = [word.length - 1, word.length, word.length + 1].map((length) =>
    typingErrors(word, candidate.slice(0, length), 1),
  );
  const errors = Math.min(...beginnings);
  return errors > 1 ? allowed + 1 : errors; // of a beginning one error is enough of a guess
}

function wordColumn(db: ReadableDatabase, sql: string, ...parameters: unknown[]): string[] {
  return prepared<{ word: string }>(db, sql)
    .all(...parameters)
    .map(({ word }) => word);
}

/** Every SQL text is compiled once per connection. */
import type { ReadableDatabase, WritableDatabase } from './driver.ts';

export interface ReadingStatement<Row> {
  get(...parameters: unknown[]): Row | undefined;
  all(...parameters: unknown[]): Row[];
}

export interface Statement<Row> extends ReadingStatement<Row> {
  run(...parameters: unknown[]): { changes: number; lastInsertRowid: number | bigint };
}

const compiled = new WeakMap<ReadableDatabase, Map<string, unknown>>();

/** The compiled form of `sql`, whose rows have the shape `Row`; one that can be run where the database may be written. */
export function prepared<Row = unknown>(db: WritableDatabase, sql: string): Statement<Row>;
export function prepared<Row = unknown>(db: ReadableDatabase, sql: string): ReadingStatement<Row>;
export function prepared<Row = unknown>(db: ReadableDatabase, sql: string): ReadingStatement<Row> {
  const statements = compiled.get(db) ?? new Map<string, unknown>();
  compiled.set(db, statements);
  const statement = (statements.get(sql) ?? db.prepare(sql)) as ReadingStatement<Row>;
  statements.set(sql, statement);
  return statement;
}

/** Runs `work` in one write transaction: all of it happens, or nothing. */
export function inTransaction<T>(db: WritableDatabase, work: () => T): T {
  return db.inTransaction ? work() : db.transaction(work).immediate();
}

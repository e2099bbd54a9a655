/** Every SQL text is compiled once per connection. */
import type { LibraryDatabase } from './driver.ts';

export interface Statement<Row> {
  get(...parameters: unknown[]): Row | undefined;
  all(...parameters: unknown[]): Row[];
  run(...parameters: unknown[]): { changes: number; lastInsertRowid: number | bigint };
}

const compiled = new WeakMap<LibraryDatabase, Map<string, unknown>>();

/** The compiled form of `sql`, whose rows have the shape `Row`. */
export function prepared<Row = unknown>(db: LibraryDatabase, sql: string): Statement<Row> {
  const statements = compiled.get(db) ?? new Map<string, unknown>();
  compiled.set(db, statements);
  const statement = (statements.get(sql) as Statement<Row> | undefined) ?? db.prepare<unknown[], Row>(sql);
  statements.set(sql, statement);
  return statement;
}

/** Runs `work` in one write transaction: all of it happens, or nothing. */
export function inTransaction<T>(db: LibraryDatabase, work: () => T): T {
  return db.inTransaction ? work() : db.transaction(work).immediate();
}

/** Checksums of the rows that hold the person's own words: a changed letter on the disk does not pass for theirs. */
import { createHash } from 'node:crypto';

export type ColumnValue = string | number | null;

/** 64 bits of SHA-256 over the columns, as 16 hexadecimal digits. */
export function checksumOf(columns: readonly ColumnValue[]): string {
  return createHash('sha256').update(JSON.stringify(columns)).digest('hex').slice(0, 16);
}

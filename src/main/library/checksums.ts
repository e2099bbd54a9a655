/** Checksums of the rows: a letter that changed on the disk does not pass for what was written. */
import { createHash } from 'node:crypto';

export type ColumnValue = string | number | null;

/** 64 bits of SHA-256 over the columns, as 16 hexadecimal digits. Half a letter counts as SQLite stores it. */
export function checksumOf(columns: readonly ColumnValue[]): string {
  return createHash('sha256')
    .update(JSON.stringify(columns.map(asStored)))
    .digest('hex')
    .slice(0, 16);
}

function asStored(value: ColumnValue): ColumnValue {
  return typeof value === 'string' ? Buffer.from(value).toString() : value;
}

/** Rows of what is known, with the checksum that tells whether they are still as they were written. */
import type { Knowledge } from '../../../contract/index.ts';
import { checksumOf } from '../checksums.ts';

export interface KnowledgeRow extends Omit<Knowledge, 'sourceVersion'> {
  version: string | null;
  checksum: string | null;
}

/** A row of the index is not what was written: its file is to be indexed again. */
export class DamagedKnowledge extends Error {
  readonly segmentRow: number;

  constructor(segmentRow: number) {
    super('what is known of a segment was damaged on the disk');
    this.segmentRow = segmentRow;
  }
}

export function knowledgeChecksum({ kind, text, startSec, endSec, source, ...more }: Omit<KnowledgeRow, 'checksum'>) {
  return checksumOf([kind, text, startSec, endSec, source, more.version, more.confidence]);
}

/** @throws DamagedKnowledge */
export function toKnowledge(row: KnowledgeRow, segmentRow: number): Knowledge {
  if (knowledgeChecksum(row) !== row.checksum) throw new DamagedKnowledge(segmentRow);
  const { version, checksum: _checksum, ...piece } = row;
  return version === null ? piece : { ...piece, sourceVersion: version };
}

import type { Migration } from '../../migrate.ts';
import { type KnowledgeRow, knowledgeChecksum } from '../../queries/knowledgeRows.ts';

/** Every row of what is known says what it was when it was written. */
export const knowledgeChecksums: Migration = {
  name: 'knowledge checksums',
  up(db) {
    db.exec('ALTER TABLE knowledge ADD COLUMN checksum TEXT');
    const sum = db.prepare('UPDATE knowledge SET checksum = ? WHERE row = ?');
    const rows = db.prepare<[], KnowledgeRow & { row: number }>(
      `SELECT row, kind, text, start_sec AS startSec, end_sec AS endSec, source, source_version AS version, confidence
       FROM knowledge`,
    );
    for (const { row, ...knowledge } of rows.all()) sum.run(knowledgeChecksum(knowledge), row);
  },
};

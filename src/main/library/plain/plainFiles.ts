/** What an exported library consists of. */
import { join } from 'node:path';
import type { Knowledge, Segment } from '../../../contract/index.ts';

export const FORMAT = 1;

export interface Manifest {
  /** Of this folder. */
  format: number;
  /** Of the tables: the number of migrations that they have seen. */
  version: number;
  /** How many lines each file has. */
  lines: Record<string, number>;
}

/** A stretch of a file with all that is known of it. */
export interface ExportedSegment extends Segment {
  mediaId: string;
  /** In the folder of pictures, with "/". */
  thumbnail: string | null;
  knowledge: (Knowledge & { sourceVersion: string | null })[];
  vectors: { space: string; vector: number[] }[];
}

export function plainFiles(folder: string) {
  const tables = join(folder, 'library');
  return {
    manifest: join(folder, 'manifest.json'),
    /** What cannot be computed again, a file a table. */
    tables,
    table: (name: string) => join(tables, `${name}.jsonl`),
    /** What can. */
    segments: join(folder, 'segments.jsonl'),
    tags: join(folder, 'file-tags.jsonl'),
    pictures: join(folder, 'pictures'),
  };
}

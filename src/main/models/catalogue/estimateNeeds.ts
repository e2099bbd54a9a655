/** Disk and memory of a model in each weight format, before a byte of it is fetched. */
import type { CatalogueShapes, FormatNeeds } from '../../../contract/index.ts';
import { memoryOf, partNeeds } from '../memoryNeeds.ts';
import { countParameters } from './countParameters.ts';

type Format = FormatNeeds['format'];

/** Bytes a number on the disk; int8 and int4 with one scale of four bytes for each block of 32. */
const onDisk: Record<Format, number> = { int4: 0.5 + 4 / 32, int8: 1 + 4 / 32, fp16: 2 };
/** The same while it is computed with: fp16 is a way to store numbers, they are computed in fp32. */
const inMemory: Record<Format, number> = { int4: onDisk.int4, int8: onDisk.int8, fp16: 4 };
/** What sees and hears is never stored in less than 8 bits (the importer's preset). */
const ofTheRest: Record<Format, Format> = { int4: 'int8', int8: 'int8', fp16: 'fp16' };

export interface Needs {
  format: Format;
  diskBytes: number;
  memoryBytes: number;
}

export function estimateNeeds(shapes: CatalogueShapes): Needs[] {
  const counts = countParameters(shapes);
  return (['int4', 'int8', 'fp16'] as const).map((format) => {
    const rest = ofTheRest[format];
    const weights = { decoder: counts.language * inMemory[format], vision: counts.rest * inMemory[rest] };
    return {
      format,
      diskBytes: counts.language * onDisk[format] + counts.rest * onDisk[rest] + counts.tokenEmbeddings * 2,
      memoryBytes: memoryOf(partNeeds(shapes, weights), 'cpu'),
    };
  });
}

/**
 * The index of the sample clips as it is shipped (`resources/sample-index/`): what indexing them gives, made by
 * `node tools/buildSampleIndex.ts`. It belongs to one sample bundle and to the content of each clip.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { manifestFileName } from '../../models/bundleManifest.ts';
import type { NewKnowledge } from '../../ports/libraryApi.ts';

const seconds = z.number().min(0);

const knowledgeShape = z.looseObject({
  kind: z.string(),
  text: z.string(),
  startSec: seconds,
  endSec: seconds,
  source: z.string(),
  confidence: z.number().nullable(),
});
const knowledgeSchema = z.custom<NewKnowledge>((value) => knowledgeShape.safeParse(value).success);

const preparedSegmentSchema = z.object({
  startSec: seconds,
  endSec: seconds,
  /** A file beside `index.json`. */
  thumbnail: z.string().nullable(),
  knowledge: z.array(knowledgeSchema),
  /** Values of a vector as float32, little-endian, in base64. */
  vectors: z.array(z.object({ space: z.string(), dimensions: z.int(), values: z.base64() })),
});

/** What opening the file would tell, so that a first start opens none. */
const factsSchema = z.object({
  kind: z.enum(['video', 'audio', 'image']),
  durationSec: seconds,
  width: z.int().min(0),
  height: z.int().min(0),
  fps: z.number().min(0),
  hasAudio: z.boolean(),
  videoCodec: z.string().nullable(),
  sizeBytes: z.int().min(0),
});

const preparedClipSchema = z.object({
  file: z.string(),
  fingerprint: z.string(),
  facts: factsSchema,
  notices: z.array(z.string()),
  segments: z.array(preparedSegmentSchema),
});

export const preparedIndexSchema = z.object({
  formatVersion: z.literal(2),
  /** See `bundleDigest`. */
  bundle: z.string(),
  clips: z.array(preparedClipSchema),
});

export type PreparedIndex = z.infer<typeof preparedIndexSchema>;
export type PreparedClip = z.infer<typeof preparedClipSchema>;

export const preparedIndexFileName = 'index.json';

/** sha256 (hex) of a bundle's manifest, which names the digest of each of its files. */
export async function bundleDigest(bundleFolder: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(bundleFolder, manifestFileName)))
    .digest('hex');
}

/** Null where none is shipped, or one that this program does not read: the clips are then indexed as any other. */
export async function readPreparedIndex(folder: string): Promise<PreparedIndex | null> {
  try {
    return preparedIndexSchema.parse(JSON.parse(await readFile(join(folder, preparedIndexFileName), 'utf8')));
  } catch {
    return null;
  }
}

export function encodeVector(vector: number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}

export function decodeVector(values: string): number[] {
  const bytes = Buffer.from(values, 'base64');
  return [...new Float32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.byteLength / 4))];
}

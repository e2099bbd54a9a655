/**
 * domain.json: the bounded world that a small model was made for, measured on clips of that world by
 * `scripts/calibrateDomain.ts`. Arrays of floats stand in it as base64, 32 bits each, little-endian.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { PlayheadError } from '../../../../contract/errors.ts';
import { LARGEST_TEXT_FILE, readRegularFile } from '../../ports/regularFile.ts';
import type { VideoLlamaManifest } from '../bundleManifest.ts';
import type { Bounds } from './bounds.ts';
import { pictureDimensions, soundDimensions } from './descriptors.ts';
import type { Rarity } from './rarity.ts';
import type { World } from './world.ts';

export const domainFileName = 'domain.json';

/** One sense of a bounded world. */
export interface MeasuredWorld {
  world: World;
  rarity: Rarity;
}

export interface Domain {
  /** Below this score a clip is from outside; the share of the world's clips that are refused by mistake, per sense. */
  threshold: number;
  picture: MeasuredWorld;
  /** Null for a model that only sees. */
  sound: MeasuredWorld | null;
  /** Null where they were not measured. */
  bounds: Bounds | null;
}

const floats = z.base64().transform((text, context) => {
  const bytes = Buffer.from(text, 'base64');
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)));
  if (bytes.length % 4 !== 0 || !values.every(Number.isFinite)) context.addIssue('must be finite 32-bit floats');
  return values;
});

const measuredWorldSchema = z
  .object({
    dimensions: z.int().min(1).max(4096),
    whitening: floats,
    prototypes: floats,
    quantiles: z.array(z.number()).min(2),
    tailScale: z.number().positive(),
  })
  .refine(({ dimensions: n, whitening }) => whitening.length === (n * (n + 1)) / 2, 'whitening has another size')
  .refine(
    ({ dimensions: n, prototypes }) => prototypes.length > 0 && prototypes.length % n === 0,
    'prototypes have another size',
  )
  .refine(
    ({ quantiles }) => quantiles.every((value, i) => i === 0 || value >= (quantiles[i - 1] ?? 0)),
    'quantiles fall',
  )
  .transform(({ quantiles, tailScale, ...world }): MeasuredWorld => ({ world, rarity: { quantiles, tailScale } }));

const domainSchema = z.object({
  formatVersion: z.literal(1),
  /** Clips that it was measured on. */
  clips: z.int().min(1),
  threshold: z.number().gt(0).lt(1),
  picture: measuredWorldSchema,
  sound: measuredWorldSchema.nullable(),
  bounds: z
    .object({
      figures: z.object({ least: z.int().min(0), most: z.int().min(0) }),
      quietest: z.number().nullable(),
    })
    .nullable()
    .default(null),
});

/**
 * The world of a bundle, or null for a model that has no bounds.
 * @throws PlayheadError `model-invalid` naming everything that is wrong with the file
 */
export async function readDomain(bundleFolder: string, manifest: VideoLlamaManifest): Promise<Domain | null> {
  if (manifest.domain === undefined) return null;
  const file = join(bundleFolder, manifest.domain.file);
  const text = await readRegularFile(file, LARGEST_TEXT_FILE).catch((cause: unknown) => {
    throw damaged(file, 'it cannot be read', cause);
  });
  return parseDomain(text.toString('utf8'), manifest, file);
}

/** As `readDomain`, from the text of the file; `file` is only named in errors. */
export function parseDomain(text: string, { architecture }: VideoLlamaManifest, file?: string): Domain {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw damaged(file, 'it is not valid JSON', cause);
  }
  const parsed = domainSchema.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
    throw damaged(file, problems.join('; '));
  }
  const { threshold, picture, sound, bounds } = parsed.data;
  if (picture.world.dimensions !== pictureDimensions(architecture.vision.width)) {
    throw damaged(file, 'it was measured with another vision tower');
  }
  if (sound !== null && sound.world.dimensions !== soundDimensions) {
    throw damaged(file, 'its sound was measured by another rule');
  }
  return { threshold, picture, sound, bounds };
}

/** The text of domain.json. */
export function writeDomain({ threshold, picture, sound, bounds }: Domain, clips: number): string {
  const plain = ({ world, rarity }: MeasuredWorld) => ({
    dimensions: world.dimensions,
    whitening: toBase64(world.whitening),
    prototypes: toBase64(world.prototypes),
    quantiles: rarity.quantiles.map((value) => Number(value.toFixed(5))),
    tailScale: Number(rarity.tailScale.toFixed(6)),
  });
  const json = { formatVersion: 1, clips, threshold, picture: plain(picture), sound: sound && plain(sound), bounds };
  return `${JSON.stringify(json, null, 1)}\n`;
}

function toBase64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function damaged(file: string | undefined, problem: string, cause?: unknown): PlayheadError {
  return new PlayheadError(
    {
      code: 'model-invalid',
      message: `The description of this model’s world (${domainFileName}) cannot be used: ${problem}.`,
      hint: 'Calibrate the bundle again, or install Playhead again.',
      file,
    },
    { cause },
  );
}

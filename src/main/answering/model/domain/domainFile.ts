/**
 * domain.json: the bounded world that a small model was made for, measured on clips of that world by
 * `tools/calibrateDomain.ts`. Arrays of floats stand in it as base64, 32 bits each, little-endian.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { PlayheadError } from '../../../../contract/errors.ts';
import type { VideoLlamaManifest } from '../../../models/bundleManifest.ts';
import { LARGEST_TEXT_FILE, readRegularFile } from '../../../ports/regularFile.ts';
import { eventDimensions } from './describeEvent.ts';
import { colourDimensions } from './describeFigure.ts';
import { outlineDimensions } from './describeOutline.ts';
import { pictureDimensions, soundDimensions } from './descriptors.ts';
import type { Kinds } from './kinds.ts';
import type { Rarity } from './rarity.ts';
import type { World } from './world.ts';

export const domainFileName = 'domain.json';

/** The whole impression of one sense of a bounded world. */
export interface MeasuredWorld {
  world: World;
  rarity: Rarity;
}

/** The single things that one sense meets in a bounded world. */
export interface MeasuredKinds {
  kinds: Kinds;
  rarity: Rarity;
  /** Below this score a thing is none of the world's. */
  threshold: number;
}

/** Both ends are within. */
export interface Bound {
  least: number;
  most: number;
}

export interface Domain {
  /** Below this score a clip is from outside; the share of the world's clips that are refused by mistake, per sense. */
  threshold: number;
  picture: MeasuredWorld;
  /** Null for a model that only sees. */
  sound: MeasuredWorld | null;
  /** Outlines and colours of what is drawn; null where they were not measured. */
  outlines: MeasuredKinds | null;
  colours: MeasuredKinds | null;
  /** What is heard one after the other; null where it was not measured. */
  events: MeasuredKinds | null;
  /** Of plain facts, by name; those that are missing have none. */
  bounds: Readonly<Record<string, Bound>>;
}

const floats = z.base64().transform((text, context) => {
  const bytes = Buffer.from(text, 'base64');
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)));
  if (bytes.length % 4 !== 0 || !values.every(Number.isFinite)) context.addIssue('must be finite 32-bit floats');
  return values;
});

const dimensionsSchema = z.int().min(1).max(4096);

const raritySchema = z
  .object({ quantiles: z.array(z.number()).min(2), tailScale: z.number().positive() })
  .refine(
    ({ quantiles }) => quantiles.every((value, i) => i === 0 || value >= (quantiles[i - 1] ?? 0)),
    'quantiles fall',
  );

const measuredWorldSchema = z
  .object({ dimensions: dimensionsSchema, whitening: floats, prototypes: floats, rarity: raritySchema })
  .refine(({ dimensions: n, whitening }) => whitening.length === (n * (n + 1)) / 2, 'whitening has another size')
  .refine(
    ({ dimensions: n, prototypes }) => prototypes.length > 0 && prototypes.length % n === 0,
    'prototypes have another size',
  )
  .transform(({ rarity, ...world }): MeasuredWorld => ({ world, rarity }));

const measuredKindsSchema = z
  .object({
    dimensions: dimensionsSchema,
    middles: floats,
    spreads: floats,
    rarity: raritySchema,
    threshold: z.number().gt(0).lt(1),
  })
  .refine(
    ({ dimensions: n, middles, spreads }) =>
      middles.length > 0 && middles.length % n === 0 && spreads.length === middles.length,
    'kinds have another size',
  )
  .refine(({ spreads }) => spreads.every((spread) => spread > 0), 'a spread is not above 0')
  .transform(({ rarity, threshold, ...kinds }): MeasuredKinds => ({ kinds, rarity, threshold }));

const domainSchema = z.object({
  formatVersion: z.literal(3),
  /** Clips that it was measured on. */
  clips: z.int().min(1),
  threshold: z.number().gt(0).lt(1),
  picture: measuredWorldSchema,
  sound: measuredWorldSchema.nullable(),
  outlines: measuredKindsSchema.nullable(),
  colours: measuredKindsSchema.nullable(),
  events: measuredKindsSchema.nullable(),
  bounds: z.record(z.string(), z.object({ least: z.number(), most: z.number() })),
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
  const { formatVersion: _, clips: __, ...domain } = parsed.data;
  const { picture, sound, outlines, colours, events } = domain;
  if (picture.world.dimensions !== pictureDimensions(architecture.vision.width)) {
    throw damaged(file, 'it was measured with another vision tower');
  }
  const isOtherRule =
    (sound && sound.world.dimensions !== soundDimensions) ||
    (outlines && outlines.kinds.dimensions !== outlineDimensions) ||
    (colours && colours.kinds.dimensions !== colourDimensions) ||
    (events && events.kinds.dimensions !== eventDimensions);
  if (isOtherRule) throw damaged(file, 'it was measured by another rule');
  return domain;
}

/** The text of domain.json. */
export function writeDomain({ picture, sound, outlines, colours, events, ...plain }: Domain, clips: number): string {
  const worldText = ({ world, rarity }: MeasuredWorld) => ({
    dimensions: world.dimensions,
    whitening: toBase64(world.whitening),
    prototypes: toBase64(world.prototypes),
    rarity: rounded(rarity),
  });
  const kindsText = ({ kinds, rarity, threshold }: MeasuredKinds) => ({
    threshold,
    dimensions: kinds.dimensions,
    middles: toBase64(kinds.middles),
    spreads: toBase64(kinds.spreads),
    rarity: rounded(rarity),
  });
  const json = {
    formatVersion: 3,
    clips,
    threshold: plain.threshold,
    picture: worldText(picture),
    sound: sound && worldText(sound),
    outlines: outlines && kindsText(outlines),
    colours: colours && kindsText(colours),
    events: events && kindsText(events),
    bounds: plain.bounds,
  };
  return `${JSON.stringify(json, null, 1)}\n`;
}

function rounded({ quantiles, tailScale }: Rarity): Rarity {
  return { quantiles: quantiles.map((value) => Number(value.toFixed(5))), tailScale: Number(tailScale.toFixed(6)) };
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

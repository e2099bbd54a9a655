/** The kinds of bundle. Adding one: its file here, its row in the list. */

import * as z from 'zod';
import { PlayheadError } from '../../../contract/errors.ts';
import type { BundleKind } from './bundleKind.ts';
import { dualEncoderBundle } from './dualEncoderBundle.ts';
import { videoLlamaBundle } from './videoLlamaBundle.ts';

const kinds = [videoLlamaBundle, dualEncoderBundle] as const;

type Schema = (typeof kinds)[number]['schema'];

/** The only description of manifest.json; `docs/importer.md` says it in words. */
export const bundleManifestSchema = z.discriminatedUnion(
  'kind',
  kinds.map(({ schema }): Schema => schema) as [Schema, ...Schema[]],
);
export type BundleManifest = z.infer<typeof bundleManifestSchema>;
export type BundleKindName = BundleManifest['kind'];

export const bundleKinds: ReadonlyMap<BundleKindName, BundleKind<BundleManifest>> = new Map(
  kinds.map((kind) => [kind.schema.shape.kind.value, kind as BundleKind<BundleManifest>]),
);

export function kindOf({ kind }: Pick<BundleManifest, 'kind'>): BundleKind<BundleManifest> {
  return bundleKinds.get(kind) as BundleKind<BundleManifest>;
}

/** The manifest as one of `kind`. @throws PlayheadError `model-invalid` for one of another kind */
export function requireKind<Kind extends BundleKindName>(
  manifest: BundleManifest,
  kind: Kind,
  bundleFolder: string,
): Extract<BundleManifest, { kind: Kind }> {
  if (manifest.kind === kind) return manifest as Extract<BundleManifest, { kind: Kind }>;
  throw new PlayheadError({
    code: 'model-invalid',
    message: `This bundle is ${kindOf(manifest).what}, where ${kindOf({ kind }).what} is needed.`,
    file: bundleFolder,
  });
}

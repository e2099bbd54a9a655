import { createHash } from 'node:crypto';
import type { BundleManifest } from './bundleManifest.ts';

/** Names a bundle by its content: what one model computed (vectors, caches) is never used by another. */
export function bundleFingerprint({ files }: Pick<BundleManifest, 'files'>): string {
  const hash = createHash('sha256');
  for (const { path, sha256 } of files) hash.update(`${path} ${sha256}\n`);
  return hash.digest('hex').slice(0, 12);
}

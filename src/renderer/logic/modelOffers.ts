/** What a model of the catalogue takes, in words. */
import type { CatalogueOffer, FormatNeeds } from '../../contract/catalogue.ts';
import { formatBytes } from '../../contract/wording.ts';

/** "int4: about 6.5 GB of disk, 9.6 GB of memory" */
export function formatsInWords(formats: readonly FormatNeeds[]): string[] {
  return formats.map(({ format, diskBytes, memoryBytes, fits }) => {
    const needs = `${format}: about ${formatBytes(diskBytes)} of disk, ${formatBytes(memoryBytes)} of memory`;
    return fits ? needs : `${needs}; too large here`;
  });
}

/** Which state of the repository is fetched. */
export function versionInWords({ revision }: Pick<CatalogueOffer, 'revision'>): string {
  return revision === null ? 'fixed at the first listing' : `fixed version ${revision.slice(0, 7)}`;
}

/** It is not here yet, Playhead can use it, and this machine has room for it in some format. */
export function canBeFetched({ repository, bundleFolder, notUsable, formats }: CatalogueOffer): boolean {
  return repository !== null && bundleFolder === null && notUsable === null && formats.some(({ fits }) => fits);
}

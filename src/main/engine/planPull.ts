/** Which repository is meant by a name, and what the catalogue knows of it. */
import { type ParsedInput, PlayheadError } from '../../contract/index.ts';
import { findEntry, readCatalogue } from '../models/catalogue/readCatalogue.ts';
import { expandPath } from './expandPath.ts';
import type { EngineFolders } from './folders.ts';
import type { PullPayload } from './jobs/pullJob.ts';

/** @throws PlayheadError `not-found`, `invalid-input` */
export async function planPull(
  { resources }: Pick<EngineFolders, 'resources'>,
  { name, revision, from, weights, removeCheckpoint }: ParsedInput<'pullModel'>,
): Promise<PullPayload> {
  const common = { weights, removeCheckpoint, ...(from === undefined ? {} : { from: expandPath(from) }) };
  const catalogue = await readCatalogue(resources);
  const named = catalogue.models.find(({ repository }) => repository?.toLowerCase() === name.toLowerCase());
  if (!named && /^[\w.-]+\/[\w.-]+$/.test(name) && !name.includes('..'))
    return { ...common, name: name.split('/').at(-1) ?? name, repository: name, revision: revision ?? null };
  const entry = named ?? findEntry(catalogue, name);
  if (entry.repository === null)
    throw new PlayheadError({
      code: 'invalid-input',
      message: `${entry.name} comes with Playhead: there is nothing to fetch.`,
      hint: 'Choose it with `playhead models use`.',
    });
  const known = entry.files
    .filter(({ sha256 }) => sha256 !== null)
    .map(({ path, sha256 }) => ({ path, sha256: sha256 as string }));
  return {
    ...common,
    ...{ name: entry.name, repository: entry.repository, revision: revision ?? entry.revision },
    licence: entry.licence.card,
    // Another revision than the catalogue's has other files.
    known: revision === undefined ? known : [],
  };
}

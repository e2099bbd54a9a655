/** Which files of a repository a checkpoint consists of; pictures, cards and the same weights in other forms are not fetched. */
import { PlayheadError } from '../../contract/index.ts';
import { isBundlePath } from '../models/bundleManifest.ts';
import type { ListedFile, Listing } from './modelSource.ts';

/** Parts that are published as torch files beside the shards. */
const torchParts = /(^|\/)(mm_projector|audio_tower|mm_projector_a)\.bin$/;
const weightFiles = /\.(safetensors|bin)$/;
const textFiles = /\.(json|jinja|txt|model)$/;

/**
 * Smallest first: what is wrong with a checkpoint is seen before its gigabytes come.
 * @param names those that are wanted; what is needed of it when left out
 * @throws PlayheadError `not-found` for a name that is not listed, `download-changed` for a path that leads outside
 */
export function chooseFiles({ repository, files }: Listing, names?: readonly string[]): ListedFile[] {
  const outside = files.find(({ path }) => !isBundlePath(path) || path.endsWith('.part') || path.startsWith('.lock'));
  if (outside)
    throw new PlayheadError({
      code: 'download-changed',
      message: `${repository} lists a file with a name that cannot be used here: ${outside.path}.`,
      hint: 'Nothing of it is fetched. Use another repository or endpoint.',
    });
  const missing = names?.find((name) => !files.some(({ path }) => path === name));
  if (missing !== undefined)
    throw new PlayheadError({
      code: 'not-found',
      message: `${repository} has no ${missing}.`,
      hint: 'Look at the name and the revision.',
    });
  const hasSafetensors = files.some(({ path }) => path.endsWith('.safetensors'));
  const isNeeded = ({ path }: ListedFile) =>
    textFiles.test(path) ||
    (weightFiles.test(path) && (path.endsWith('.safetensors') || !hasSafetensors || torchParts.test(path)));
  return files
    .filter((file) => names?.includes(file.path) ?? isNeeded(file))
    .toSorted((a, b) => a.size - b.size || (a.path < b.path ? -1 : 1));
}

/** @throws PlayheadError `download-changed` where a file is listed with another hash than is known of it */
export function checkKnown({ repository, files }: Listing, known: readonly { path: string; sha256: string }[]): void {
  const other = known.find(({ path, sha256 }) => files.some((file) => file.path === path && file.sha256 !== sha256));
  if (!other) return;
  throw new PlayheadError({
    code: 'download-changed',
    message: `${repository} lists ${other.path} with another hash than is known of it.`,
    hint: 'Nothing of it is fetched. Use another endpoint, or name a revision to take what it has now.',
  });
}

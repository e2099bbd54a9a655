/** Where an import reads and writes; what cannot work is told before the job. */
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ParsedInput, PlayheadError } from '../../contract/index.ts';
import { freeName } from '../library/libraryFiles.ts';
import { askDrive } from '../ports/drives.ts';
import { exists } from '../ports/exists.ts';
import { expandPath } from './expandPath.ts';
import type { EngineFolders } from './folders.ts';
import type { ImportPayload } from './jobs/importJob.ts';

/** @throws PlayheadError `file-not-found`, `invalid-input` */
export async function planImport(
  { models }: Pick<EngineFolders, 'models'>,
  { checkpointFolder, bundleFolder, weights }: ParsedInput<'importCheckpoint'>,
): Promise<ImportPayload> {
  const checkpoint = expandPath(checkpointFolder);
  const info = await askDrive(checkpoint, () => stat(checkpoint)).catch(() => null);
  if (!info?.isDirectory()) throw noCheckpoint(checkpoint, info !== null);
  const bundle = bundleFolder ? expandPath(bundleFolder) : freeName(join(models, basename(checkpoint)));
  if (await exists(bundle)) throw taken(bundle);
  return { checkpointFolder: checkpoint, bundleFolder: bundle, weights };
}

function noCheckpoint(folder: string, isFile: boolean): PlayheadError {
  return new PlayheadError({
    code: 'file-not-found',
    message: isFile ? 'This is a file; a checkpoint is a folder.' : 'There is no such folder.',
    file: folder,
    hint: 'Give the folder that holds the checkpoint’s config.json and its .safetensors or .bin files.',
  });
}

function taken(folder: string): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: 'There is already something at the place of the new bundle.',
    file: folder,
    hint: 'Choose another folder, or leave it empty for one among the library’s models.',
  });
}

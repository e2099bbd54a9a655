/**
 * Where a converted graph is kept: a cache folder, under the hash of its source and the importer's version. It is
 * believed after a look: what is damaged there is made again, and so is what another version wrote.
 */

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { PlayheadError } from '../../../contract/errors.ts';
import { diskFull, isDiskFull } from '../../ports/diskFull.ts';
import { convertGraph, importerVersion } from './convertGraph.ts';
import { type GraphFiles, parseGraph, readGraphFiles } from './graphModel.ts';

/**
 * The ONNX file of a TensorFlow.js graph, converted unless it is there.
 * @param graphFile `<name>.json`, its weights beside it
 * @param cacheFolder may be emptied at any time
 * @throws PlayheadError `model-invalid` when the graph cannot be read or converted, `disk-full` or `file-unreadable`
 *   when the folder cannot be written
 */
export async function convertedGraph(graphFile: string, cacheFolder: string): Promise<string> {
  const files = await readGraphFiles(graphFile);
  const name = basename(graphFile, '.json');
  const key = keyOf(files);
  const target = join(cacheFolder, `${name}-${key}.onnx`);
  if (await isWhole(target)) return target;
  const bytes = convertGraph(parseGraph(files));
  try {
    await mkdir(cacheFolder, { recursive: true });
    await writeFileAtomic(target, Buffer.from(bytes));
    // Last: a graph without its hash is not believed.
    await writeFileAtomic(hashFile(target), sha256(bytes));
  } catch (cause) {
    throw notWritten(target, cause);
  }
  await removeOthers(cacheFolder, name, key).catch(() => {}); // the graph is there: an old one may stay
  return target;
}

function keyOf({ json, weights }: GraphFiles): string {
  const hash = createHash('sha256').update(`importer ${importerVersion}\n`).update(json).update(weights);
  return hash.digest('hex').slice(0, 16);
}

async function isWhole(file: string): Promise<boolean> {
  try {
    const [bytes, wanted] = await Promise.all([readFile(file), readFile(hashFile(file), 'utf8')]);
    return sha256(bytes) === wanted;
  } catch {
    // Not there, or not readable: made again.
    return false;
  }
}

function hashFile(file: string): string {
  return `${file}.sha256`;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What earlier versions of this graph or of the importer left. */
async function removeOthers(folder: string, name: string, key: string): Promise<void> {
  const isOther = (file: string) =>
    file.startsWith(`${name}-`) &&
    !file.includes(key) &&
    /^[0-9a-f]{16}\.onnx(\.sha256)?(\.\d+)?$/.test(file.slice(name.length + 1));
  await Promise.all((await readdir(folder)).filter(isOther).map((file) => rm(join(folder, file), { force: true })));
}

function notWritten(file: string, cause: unknown): PlayheadError {
  if (isDiskFull(cause)) return diskFull('a converted network could not be written', { file, cause });
  return new PlayheadError(
    {
      code: 'file-unreadable',
      message: 'A converted network could not be written: the folder refuses it.',
      hint: 'Give Playhead the right to write there, then try again.',
      file,
    },
    { cause },
  );
}

/**
 * Is this bundle what its manifest says? Paths first, then sizes, then the sha256 of every byte.
 * A stamp remembers that the hashes were right, so that the next start compares only sizes and times.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { PlayheadError } from '../../contract/errors.ts';
import { log } from '../log/log.ts';
import { type BundleManifest, manifestFileName, readBundleManifest } from './bundleManifest.ts';
import { kindOf } from './kinds/bundleKinds.ts';

export interface VerifyOptions {
  /** Where stamps are kept (a folder of the app's own, never a shared one); without it every call hashes every file. */
  stampFolder?: string;
  signal?: AbortSignal;
}

interface FoundFile {
  path: string;
  bytes: number;
  modifiedMs: number;
  /** Of the entry itself: whoever sets the time of the content back cannot set this one. */
  changedMs: number;
}

/**
 * @returns the manifest of a sound bundle
 * @throws PlayheadError `model-missing`, or `model-invalid` naming every file that is missing, a link, or changed.
 */
export async function verifyBundle(bundleFolder: string, options: VerifyOptions = {}): Promise<BundleManifest> {
  const manifest = await readBundleManifest(bundleFolder);
  const { found, problems } = await lookAtFiles(bundleFolder, manifest);
  const listed = new Set(manifest.files.map((file) => file.path));
  for (const path of [...usedFiles(manifest), ...(await textFilesOf(bundleFolder, manifest))])
    if (!listed.has(path)) problems.push(`${path} is used, but its sha256 is not in the manifest`);
  if (problems.length === 0) {
    const stamp = await stampOf(bundleFolder, found);
    if (await isStamped(stamp, options.stampFolder)) return manifest;
    problems.push(...(await wrongHashes(bundleFolder, manifest, options.signal)));
    if (problems.length === 0) await keepStamp(stamp, options.stampFolder);
  }
  if (problems.length === 0) return manifest;
  throw new PlayheadError({
    code: 'model-invalid',
    message: `This model is not what its manifest says: ${problems.join('; ')}.`,
    hint: 'Import or download it again.',
    file: bundleFolder,
  });
}

/** Opened by name where they are there: what a text is made of, and what generation begins with. */
const textFiles = ['tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja', 'generation_config.json'];

/** Those of them that the folder has, whatever its manifest says. */
async function textFilesOf(folder: string, manifest: BundleManifest): Promise<string[]> {
  const { neededTexts } = kindOf(manifest);
  const there = await Promise.all(
    textFiles.map((name) =>
      lstat(join(folder, name)).then(
        () => true,
        () => neededTexts.includes(name),
      ),
    ),
  );
  return textFiles.filter((_, index) => there[index]);
}

/** Every file that running the bundle would open by its manifest. */
export function usedFiles(manifest: BundleManifest): string[] {
  const graphs = Object.values(manifest.graphs).filter((graph) => graph !== null);
  const files = graphs.flatMap(({ file, dataFile }) => (dataFile === null ? [file] : [file, dataFile]));
  return [...files, ...kindOf(manifest).furtherFiles(manifest)];
}

async function lookAtFiles(
  folder: string,
  manifest: BundleManifest,
): Promise<{ found: FoundFile[]; problems: string[] }> {
  const found: FoundFile[] = [];
  const problems: string[] = [];
  const home = await realpath(folder);
  for (const { path, bytes } of manifest.files) {
    const stats = await lstat(join(folder, path)).catch(() => null);
    if (stats === null) problems.push(`${path} is missing`);
    // A link, or a file behind a linked folder, could point anywhere.
    else if (!stats.isFile() || (await realpath(join(folder, path))) !== join(home, path))
      problems.push(`${path} is not a plain file of this folder`);
    else if (stats.size !== bytes) problems.push(`${path} has ${stats.size} bytes, expected ${bytes}`);
    else found.push({ path, bytes, modifiedMs: stats.mtimeMs, changedMs: stats.ctimeMs });
  }
  return { found, problems };
}

async function wrongHashes(folder: string, manifest: BundleManifest, signal?: AbortSignal): Promise<string[]> {
  const problems: string[] = [];
  for (const { path, sha256 } of manifest.files) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(join(folder, path), { highWaterMark: 1 << 20, signal }))
      hash.update(chunk);
    if (hash.digest('hex') !== sha256) problems.push(`${path} has changed (its sha256 is another)`);
  }
  return problems;
}

interface Stamp {
  /** Names the bundle's place. */
  key: string;
  /** Changes with the manifest, or with any file's size or time. */
  state: string;
}

async function stampOf(folder: string, found: FoundFile[]): Promise<Stamp> {
  const home = await realpath(folder);
  const manifest = await readFile(join(folder, manifestFileName));
  return { key: sha256Of(home), state: sha256Of(manifest, JSON.stringify(found)) };
}

function sha256Of(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

async function isStamped(stamp: Stamp, stampFolder: string | undefined): Promise<boolean> {
  if (stampFolder === undefined) return false;
  const kept = await readFile(join(stampFolder, `${stamp.key}.stamp`), 'utf8').catch(() => null);
  return kept === stamp.state;
}

/** A stamp that cannot be kept costs time at the next start, nothing else. */
async function keepStamp(stamp: Stamp, stampFolder: string | undefined): Promise<void> {
  if (stampFolder === undefined) return;
  const file = join(stampFolder, `${stamp.key}.stamp`);
  try {
    await mkdir(stampFolder, { recursive: true });
    await writeFileAtomic(file, stamp.state, { fsync: false });
  } catch (thrown) {
    log.warn('the stamp of a verified bundle was not kept', { file }, thrown);
  }
}

/** Writes what a plan holds, takes it away again without a trace, and says how it stands. */
import { chmod, mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';
import PQueue from 'p-queue';
import { PlayheadError } from '../../../../contract/index.ts';
import { ignore } from '../../../log/log.ts';
import { type IntegrationPlan, marker, type PlannedFile, type PlannedKey } from './plan.ts';
import type { Registry } from './registry.ts';

/** Each is a program of its own. */
const queriesAtOnce = 8;

/** `outdated`: made by another version, or for a program at another place; install it again. */
export type IntegrationState = 'installed' | 'outdated' | 'absent';

/** @throws PlayheadError `invalid-input` where somebody else's file is in the way, or nothing can be written */
export async function install(plan: IntegrationPlan, registry: Registry): Promise<void> {
  for (const { path } of plan.files) await refuseStrangers(path);
  for (const file of plan.files) await write(file).catch((thrown) => Promise.reject(notWritten(file, thrown)));
  if (plan.keys.length > 0) await registry.write(plan.keys);
  await refresh(plan);
}

export async function remove(plan: IntegrationPlan, registry: Registry): Promise<void> {
  for (const { path } of plan.files) if ((await ownText(path)) !== null) await rm(path);
  // The deepest first, so that those above are empty when it is their turn.
  const keys = [...plan.keys].sort((a, b) => b.key.split('\\').length - a.key.split('\\').length);
  for (const planned of keys) await removeKey(planned, registry);
  await refresh(plan);
  for (const { path, empty } of plan.leftovers) {
    const text = await readFile(path, 'utf8').catch(() => null); // not there: nothing is left
    if (text !== null && empty.test(text)) await rm(path);
  }
  const folders = [...plan.files, ...plan.leftovers].map(({ path }) => dirname(path));
  for (const folder of folders) await removeEmpty(folder, plan.root);
}

export async function stateOf(plan: IntegrationPlan, registry: Registry): Promise<IntegrationState> {
  const files = await Promise.all(plan.files.map(async ({ path, text }) => judge(await ownText(path), text)));
  const turns = new PQueue({ concurrency: queriesAtOnce });
  const keys = await turns.addAll(plan.keys.map((key) => () => judgeKey(key, registry)));
  const all = [...files, ...keys];
  if (all.every((state) => state === 'absent')) return 'absent';
  return all.every((state) => state === 'installed') ? 'installed' : 'outdated';
}

function judge(found: string | null, planned: string): IntegrationState {
  if (found === null) return 'absent';
  return found === planned ? 'installed' : 'outdated';
}

async function judgeKey({ key, values }: PlannedKey, registry: Registry): Promise<IntegrationState> {
  const found = await registry.read(key);
  const names = Object.keys(values).filter((name) => found !== null && name in found.values);
  if (names.length === 0) return 'absent';
  return Object.entries(values).every(([name, value]) => found?.values[name] === value) ? 'installed' : 'outdated';
}

async function write({ path, text, isExecutable }: PlannedFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  if (isExecutable) await chmod(path, 0o755);
}

/** Null where there is no file, or one of somebody else. */
async function ownText(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => null); // not there, which is an answer
  return text?.includes(marker.replaceAll('--', '—')) || text?.includes(marker) ? text : null;
}

async function refuseStrangers(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => null); // not there: nothing is in the way
  if (text === null || (await ownText(path)) !== null) return;
  throw new PlayheadError({
    code: 'invalid-input',
    message: 'A file that is not from Playhead is in the way.',
    file: path,
    hint: 'Move it to another place, and try again.',
  });
}

function notWritten({ path }: PlannedFile, cause: unknown): PlayheadError {
  return new PlayheadError(
    {
      code: 'invalid-input',
      message: 'The menus of the system could not be written.',
      file: path,
      hint: 'Look at the rights of this folder and those above it, and at the room on the disk, and try again.',
    },
    { cause },
  );
}

/** Others' values and keys stay; a key that held ours alone goes, and those above it that are empty then. */
async function removeKey({ key, values }: PlannedKey, registry: Registry): Promise<void> {
  for (const name of Object.keys(values)) await registry.removeValue(key, name);
  const parts = key.split('\\');
  for (let length = parts.length; length > 0; length--) {
    const above = parts.slice(0, length).join('\\');
    const found = await registry.read(above);
    if (found === null) continue;
    if (found.hasKeysBelow || Object.keys(found.values).length > 0) return;
    await registry.removeKey(above);
  }
}

async function removeEmpty(folder: string, root: string): Promise<void> {
  for (let at = folder; at.startsWith(root) && at !== root; at = dirname(at)) {
    const names = await readdir(at).catch(() => null); // gone already, perhaps with the folder above it
    if (names !== null && names.length > 0) return;
    if (names !== null) await rmdir(at);
  }
}

/** The system finds what is there by itself as well, only later. */
async function refresh({ refresh: programs }: IntegrationPlan): Promise<void> {
  for (const [program = '', ...args] of programs) {
    await execa(program, args, { stdio: 'ignore' }).catch(
      ignore('the system was not told of the integration', { program }),
    );
  }
}

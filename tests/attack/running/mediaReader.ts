/** A process that reads files one after another, and what it holds after each. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { killHard, treeOf } from './processes.ts';

const program = join(import.meta.dirname, '..', 'programs', 'readMedia.ts');
/** Milliseconds for a file of two seconds, on a machine that other work may be loading. */
const patienceMs = 240_000;
const mostGrowthBytes = 128 * 2 ** 20;
/** Milliseconds after which the thread that decodes pictures has ended, which holds a few handles while it waits. */
const restMs = 12_000;
/** A pipe that is just being closed. */
const handleSlack = 2;

interface Reply {
  wrong: string | null;
  handles: number;
  temporary: number;
  /** Resident memory of the process, bytes. */
  bytes: number;
}

/** What went wrong while a fresh process read these files, or null. @param env names the tools to use */
export async function readInProcess(
  files: readonly string[],
  env: Record<string, string>,
  mode: 'careful' | 'careless' = 'careful',
): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-reader-'));
  const temporary = join(folder, 'temporary');
  await mkdir(temporary);
  const reader = spawn(process.execPath, ['--expose-gc', program, folder, mode], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env, TMPDIR: temporary },
  });
  try {
    return await readEach(reader, files);
  } finally {
    for (const pid of await treeOf(reader.pid as number)) killHard(pid);
    await rm(folder, { recursive: true, force: true });
  }
}

async function readEach(reader: ChildProcess, files: readonly string[]): Promise<string | null> {
  const replies = createInterface({ input: reader.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  const ended = new Promise<string>((resolve) => {
    reader.once('close', (code, signal) => resolve(`the process ended with ${signal ?? code}`));
  });
  const ask = async (file: string): Promise<Reply | string> => {
    reader.stdin?.write(`${file}\n`);
    const reply = await Promise.race([ended, tooLong(), replies.next().then(({ value }) => value as string)]);
    return reply?.startsWith('{') ? (JSON.parse(reply) as Reply) : String(reply);
  };
  const before = await ask('');
  let half: Reply | null = null;
  for (const [index, file] of files.entries()) {
    const told = await ask(file);
    if (typeof told === 'string') return `${file}: ${told}`;
    if (told.wrong) return `${file}: ${told.wrong}`;
    if (told.temporary > 0) return `${file} leaves ${told.temporary} files behind`;
    // The first files warm up what stays: threads, buffers, tables.
    if (index === Math.floor(files.length / 2)) half = told;
    if (half && told.bytes - half.bytes > mostGrowthBytes) return `it grows by ${told.bytes - half.bytes} bytes`;
  }
  await new Promise((resolve) => setTimeout(resolve, restMs));
  const after = await ask('');
  if (typeof before === 'string' || typeof after === 'string') return `${before} ${after}`;
  const grown = after.handles - before.handles;
  if (grown > handleSlack) return `${grown} handles stay open`;
  const [, ...left] = await treeOf(reader.pid as number);
  return left.length > 0 ? `${left.length} processes are left` : null;
}

function tooLong(): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(`it takes longer than ${patienceMs / 1000} s`), patienceMs).unref();
  });
}

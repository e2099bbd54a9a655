/** Bytes of memory that the largest graphics adapter has of its own; ONNX Runtime for Node tells nothing of it. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Of a Mac's one memory, what Metal lets a program use. */
const MAC_SHARE = 0.7;
const PATIENCE = { timeout: 5000, windowsHide: true };
const MEBIBYTE = 2 ** 20;

/** Null where the system does not tell it; adapters that share the machine's memory tell nothing. */
export async function graphicsMemory(): Promise<number | null> {
  if (process.platform === 'darwin') return totalmem() * MAC_SHARE;
  const ways = process.platform === 'win32' ? [onWindows] : [amdOnLinux, byNvidia];
  const found = (await Promise.all(ways.map((way) => way().catch(() => [])))).flat();
  const sizes = found.filter((bytes) => Number.isFinite(bytes) && bytes > 0);
  return sizes.length === 0 ? null : Math.max(...sizes);
}

async function amdOnLinux(): Promise<number[]> {
  const cards = await readdir('/sys/class/drm');
  const files = cards.map((card) => join('/sys/class/drm', card, 'device', 'mem_info_vram_total'));
  return Promise.all(files.map(async (file) => Number(await readFile(file, 'utf8').catch(() => ''))));
}

async function byNvidia(): Promise<number[]> {
  const query = ['--query-gpu=memory.total', '--format=csv,noheader,nounits'];
  const { stdout } = await run('nvidia-smi', query, PATIENCE);
  return stdout.split('\n').map((line) => Number(line.trim()) * MEBIBYTE);
}

/** What the driver notes for itself in the registry, as a whole number in hexadecimal. */
async function onWindows(): Promise<number[]> {
  const displays = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}';
  const { stdout } = await run('reg', ['query', displays, '/s', '/v', 'HardwareInformation.qwMemorySize'], PATIENCE);
  return [...stdout.matchAll(/REG_QWORD\s+(0x[0-9a-f]+)/gi)].map(([, value]) => Number(value));
}

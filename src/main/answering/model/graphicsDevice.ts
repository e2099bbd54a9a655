/**
 * What computes behind the webgpu provider: adapter and driver as the system names them, since ONNX Runtime for Node
 * tells of neither. A machine with several adapters names all of them: which one is taken is the driver's choice.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { cpus, homedir, release } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { runtimeVersion } from './onnxRuntime.ts';

export const graphicsDeviceSchema = z.object({
  adapter: z.string(),
  /** Changes with the driver's version, or where that is not told, with its file. */
  driver: z.string(),
  /** Of ONNX Runtime. */
  runtime: z.string(),
});
export type GraphicsDevice = z.infer<typeof graphicsDeviceSchema>;

/** Never fails: what the system does not tell is empty. */
export async function describeGraphics(): Promise<GraphicsDevice> {
  const describe = { linux: onLinux, win32: onWindows }[process.platform as string] ?? onMac;
  return { ...(await describe().catch(() => ({ adapter: '', driver: '' }))), runtime: runtimeVersion };
}

/** Why nothing is tried there. */
export const noGraphicsCard = 'this machine has no graphics card';

/** What Windows offers where there is no card: a program that draws, and remote screens. */
const noCard = /^Microsoft (Basic|Hyper-V|Remote)/;

/**
 * False on a machine whose only adapter is a program: comparing parts with that takes minutes, and it is never faster.
 * A person who names a Vulkan driver wants it to be looked at.
 */
export function hasGraphicsCard({ adapter }: GraphicsDevice): boolean {
  if (process.env.VK_DRIVER_FILES || process.env.VK_ICD_FILENAMES) return true;
  return adapter.split(', ').some((name) => name !== '' && !noCard.test(name));
}

type Described = Pick<GraphicsDevice, 'adapter' | 'driver'>;

/** PCI numbers of every card; Vulkan's drivers with size and time of their libraries, and NVIDIA's own version. */
async function onLinux(): Promise<Described> {
  const nodes = (await list('/sys/class/drm')).filter((name) => name.startsWith('renderD'));
  const cards = await Promise.all(nodes.map((name) => describeCard(join('/sys/class/drm', name, 'device'))));
  const drivers = await Promise.all((await vulkanDrivers()).map(describeDriver));
  const nvidia = (await text('/proc/driver/nvidia/version')).split('\n', 1);
  // Windows' own Linux shows its cards in another way.
  const shared = existsSync('/dev/dxg') ? ['dxg'] : [];
  return { adapter: [...cards, ...shared].join(', '), driver: [...drivers, ...nvidia].filter(Boolean).join(', ') };
}

async function describeCard(folder: string): Promise<string> {
  const [vendor, device] = await Promise.all([text(join(folder, 'vendor')), text(join(folder, 'device'))]);
  const module = await readlink(join(folder, 'driver')).catch(() => '');
  return `${vendor}:${device} ${basename(module)}`;
}

/** The JSON files that the Vulkan loader reads: the person's choice, else all that are installed. */
async function vulkanDrivers(): Promise<string[]> {
  const chosen = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES;
  if (chosen) return chosen.split(':');
  const homes = ['/etc/vulkan/icd.d', '/usr/share/vulkan/icd.d', join(homedir(), '.local/share/vulkan/icd.d')];
  const files = await Promise.all(homes.map(async (home) => (await list(home)).map((name) => join(home, name))));
  return files.flat().sort();
}

const driverFileSchema = z.object({ ICD: z.object({ library_path: z.string() }) });

async function describeDriver(file: string): Promise<string> {
  const parsed = driverFileSchema.safeParse(JSON.parse((await text(file)) || '{}'));
  if (!parsed.success) return basename(file);
  const path = parsed.data.ICD.library_path;
  const homes = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];
  const places = path.includes('/')
    ? [isAbsolute(path) ? path : join(dirname(file), path)]
    : homes.map((home) => join(home, path));
  for (const place of places) {
    const found = await stat(await realpath(place).catch(() => place)).catch(() => null);
    if (found) return `${basename(file)} ${found.size} ${Math.floor(found.mtimeMs)}`;
  }
  return basename(file);
}

/** The class of display adapters in the registry: one key each. */
async function onWindows(): Promise<Described> {
  const displays = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}';
  const values = async (name: string) => {
    const { stdout } = await promisify(execFile)('reg', ['query', displays, '/s', '/v', name], { windowsHide: true });
    return [...stdout.matchAll(/REG_SZ\s+(.+?)\s*$/gm)].map(([, value]) => value).join(', ');
  };
  return { adapter: await values('DriverDesc'), driver: await values('DriverVersion') };
}

/** The adapter is part of the chip, and the driver of the system. */
async function onMac(): Promise<Described> {
  return { adapter: cpus()[0]?.model ?? '', driver: release() };
}

function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function text(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim();
}

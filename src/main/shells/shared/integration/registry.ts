/** The registry of the current user, through the program `reg` that every Windows has. */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { PlannedKey } from './plan.ts';

/** What is needed of a registry; keys are named from Software\Classes on. */
export interface Registry {
  write(keys: readonly PlannedKey[]): Promise<void>;
  /** The names and values of a key, and of keys below it; null where there is no such key. */
  read(key: string): Promise<{ values: Record<string, string>; hasKeysBelow: boolean } | null>;
  removeValue(key: string, name: string): Promise<void>;
  /** With everything below it. */
  removeKey(key: string): Promise<void>;
}

const classes = 'HKEY_CURRENT_USER\\Software\\Classes';

/** All at once, by a file in the registry editor's own format (UTF-16 with a mark). */
export function regFile(keys: readonly PlannedKey[]): Buffer {
  const text = keys.map(({ key, values }) => {
    const lines = Object.entries(values).map(([name, value]) => `${name === '' ? '@' : quoted(name)}=${quoted(value)}`);
    return `[${classes}\\${key}]\r\n${lines.join('\r\n')}\r\n`;
  });
  return Buffer.from(`\ufeffWindows Registry Editor Version 5.00\r\n\r\n${text.join('\r\n')}`, 'utf16le');
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** The lines of `reg query`: "    name    REG_SZ    value", the key's own value by a name in brackets. */
export function readQuery(key: string, printed: string): { values: Record<string, string>; hasKeysBelow: boolean } {
  const lines = printed.split(/\r?\n/);
  const found = lines.flatMap((line) => line.match(/^ {4}(.*?) {4}REG_\w+(?: {4}(.*))?$/)?.slice(1, 3) ?? []);
  const pairs = found.flatMap((name, index) =>
    index % 2 === 0 ? [[/^\(.*\)$/.test(name) ? '' : name, found[index + 1] ?? '']] : [],
  );
  const below = `${classes}\\${key}\\`.toLowerCase();
  return {
    values: Object.fromEntries(pairs),
    hasKeysBelow: lines.some((line) => line.toLowerCase().startsWith(below)),
  };
}

export const systemRegistry: Registry = {
  async write(keys) {
    const file = join(tmpdir(), `playhead-${randomUUID()}.reg`);
    await writeFile(file, regFile(keys));
    await execa('reg', ['import', file]).finally(() => rm(file, { force: true }));
  },
  async read(key) {
    const { failed, stdout } = await execa('reg', ['query', `${classes}\\${key}`], { reject: false });
    return failed ? null : readQuery(key, stdout);
  },
  async removeValue(key, name) {
    await execa('reg', ['delete', `${classes}\\${key}`, ...(name === '' ? ['/ve'] : ['/v', name]), '/f'], {
      reject: false,
    });
  },
  async removeKey(key) {
    await execa('reg', ['delete', `${classes}\\${key}`, '/f'], { reject: false });
  },
};

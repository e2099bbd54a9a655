/** One program a folder, as Electron's single-instance lock: between real processes. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Another program leaves what it was asked for in the folder, and the first finds it there. */
export function takeLock(folder: string, handed: unknown, receive: (handed: unknown) => void): boolean {
  const lock = join(folder, 'lock');
  const inbox = join(folder, 'second-starts');
  mkdirSync(inbox, { recursive: true });
  try {
    closeSync(openSync(lock, 'wx'));
  } catch {
    writeFileSync(join(inbox, `${process.pid}-${Date.now()}.json`), JSON.stringify(handed));
    return false;
  }
  const seen = new Set<string>();
  watch(inbox, () => {
    for (const name of existsSync(inbox) ? readdirSync(inbox) : []) {
      if (seen.has(name)) continue;
      const text = readFileSync(join(inbox, name), 'utf8');
      if (text === '') continue;
      seen.add(name);
      rmSync(join(inbox, name));
      receive(JSON.parse(text));
    }
  }).unref();
  return true;
}

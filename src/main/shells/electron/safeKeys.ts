/** A Hub's token, encrypted by the system (Keychain, DPAPI, Secret Service) and kept beside the window's settings. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { app, safeStorage } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import type { KeyStore } from '../../engine/createEngine.ts';

/** By host: base64 of what `safeStorage` gave. */
const sealedSchema = z.record(z.string(), z.string());

const file = () => join(app.getPath('userData'), 'tokens.sealed.json');

export const safeKeys: KeyStore = {
  place: 'the system’s key store',
  async get(host) {
    const sealed = (await readSealed())[host];
    return sealed === undefined ? null : safeStorage.decryptString(Buffer.from(sealed, 'base64'));
  },
  async set(host, token) {
    const { [host]: before, ...others } = await readSealed();
    if (token !== null) await writeSealed({ ...others, [host]: seal(token) });
    else if (before !== undefined) await writeSealed(others);
  },
};

/** @throws where the system keeps no secret: what Electron then calls encryption has its key in the program's text */
function seal(token: string): string {
  const isPlain = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (isPlain || !safeStorage.isEncryptionAvailable()) throw new Error('the system offers no key store');
  return safeStorage.encryptString(token).toString('base64');
}

async function readSealed(): Promise<Record<string, string>> {
  try {
    return sealedSchema.parse(JSON.parse(await readFile(file(), 'utf8')));
  } catch {
    return {}; // not there yet, or damaged: the token is asked for again
  }
}

async function writeSealed(sealed: Record<string, string>): Promise<void> {
  if (Object.keys(sealed).length === 0) return rm(file(), { force: true });
  await mkdir(dirname(file()), { recursive: true });
  await writeFileAtomic(file(), JSON.stringify(sealed), { mode: 0o600 });
}

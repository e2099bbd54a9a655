/** The system's key store where there is no Electron: Keychain, Credential Manager, Secret Service. */
import { AsyncEntry } from '@napi-rs/keyring';
import type { KeyStore } from './tokenStore.ts';

const service = 'Playhead';

export const systemKeyStore: KeyStore = {
  place: 'the system’s key store',
  get: async (host) => (await new AsyncEntry(service, host).getPassword()) ?? null,
  async set(host, token) {
    const entry = new AsyncEntry(service, host);
    if (token !== null) await entry.setPassword(token);
    else if ((await entry.getPassword()) !== undefined) await entry.deletePassword();
  },
};

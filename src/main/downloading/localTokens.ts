/** Tokens where no shell brings a key store of its own. The native package is loaded when a token is first asked for. */
import { dirname, join } from 'node:path';
import { type KeyStore, type TokenStore, tokenStore } from './tokenStore.ts';

const lazyKeyStore: KeyStore = {
  place: 'the system’s key store',
  get: async (host) => (await load()).get(host),
  set: async (host, token) => (await load()).set(host, token),
};

async function load(): Promise<KeyStore> {
  return (await import('./systemKeyStore.ts')).systemKeyStore;
}

/** The file stands beside the library, not in it: a library may be handed on. */
export function localTokens(libraryFolder: string): TokenStore {
  return tokenStore(lazyKeyStore, join(dirname(libraryFolder), 'tokens.json'));
}

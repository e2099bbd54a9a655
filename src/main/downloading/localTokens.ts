/** Tokens in the stores of this system. The native package is loaded when a token is first asked for. */
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

/**
 * The file stands beside the library, not in it: a library may be handed on.
 * @param ofShell goes before the system's own store, where what another shell keeps is found as well
 */
export function localTokens(libraryFolder: string, ofShell: KeyStore | undefined): TokenStore {
  const stores = [...(ofShell ? [ofShell] : []), lazyKeyStore];
  return tokenStore(stores, join(dirname(libraryFolder), 'tokens.json'));
}

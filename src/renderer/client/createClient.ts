/** The one door to the engine; nothing behind it tells which transport it is. */
import type { PlayheadClient } from '../../contract/client.ts';
import { readCredentials } from './credentials.ts';
import { isDesktop } from './desktop.ts';
import { createPortTransport } from './portTransport.ts';
import { createRpcClient } from './rpcClient.ts';
import { createWebSocketTransport } from './webSocketTransport.ts';

export function createClient(): PlayheadClient {
  return createRpcClient(
    isDesktop() ? createPortTransport() : createWebSocketTransport(location.origin, readCredentials()),
  );
}

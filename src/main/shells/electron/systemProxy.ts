/** How the system reaches an address: its own settings, PAC files among them, as Chromium reads them. */
import { session } from 'electron';
import { proxyOf, type SystemProxy } from '../../engine/createEngine.ts';

export const systemProxy: SystemProxy = async (address) =>
  proxyOf(await session.defaultSession.resolveProxy(address.href));

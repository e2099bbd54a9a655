import { BlockList } from 'node:net';

/** The addresses of this machine by itself: what goes there leaves nothing. */
export const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
loopback.addSubnet('::ffff:127.0.0.0', 104, 'ipv6');

const names = /^(?:.+\.)?localhost$/i;

/** @param host a name or an address, as in a URL: "localhost", "127.0.0.1", "[::1]" */
export function isThisMachine(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (names.test(bare)) return true;
  if (/^[\d.]+$/.test(bare)) return loopback.check(bare, 'ipv4');
  return bare.includes(':') && loopback.check(bare, 'ipv6');
}

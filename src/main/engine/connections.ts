/**
 * Which network connections the engine's process has made: measured at the one door that all of them go through, Node's
 * own channel for new sockets (`net.client.socket`), whoever opens them. Connections within this machine are none. The
 * helper processes and the window are not measured: nothing of ours in them opens any.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const door = 'net.client.socket';
const made = new Map<string, number>();

/** Counts from now on. @returns the way back */
export function countConnections(): () => void {
  subscribe(door, watch);
  return () => unsubscribe(door, watch);
}

/** "93.184.216.34:443", "93.184.216.34:443 (3 times)": each address once, since the start. */
export function connectionsMade(): string[] {
  return [...made].map(([address, times]) => (times === 1 ? address : `${address} (${times} times)`));
}

function watch(message: unknown): void {
  const { socket } = message as { socket: Socket };
  socket.once('connect', () => {
    const { remoteAddress, remotePort } = socket;
    // A pipe between our own processes has no address.
    if (remoteAddress === undefined || isOwn(remoteAddress)) return;
    const address = `${remoteAddress}:${remotePort}`;
    made.set(address, (made.get(address) ?? 0) + 1);
  });
}

function isOwn(address: string): boolean {
  return address === '::1' || address.replace('::ffff:', '').startsWith('127.');
}

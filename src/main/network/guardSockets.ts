/**
 * The one place of Node through which every outgoing TCP connection of a process passes, encrypted or not, whichever
 * library opens it: `Socket.prototype.connect`. (Node's own channel `net.client.socket` does not tell of TLS.)
 */
import { Socket } from 'node:net';
import { isThisMachine } from './loopback.ts';

export interface SocketRules {
  /** Why nothing may be connected to just now, or null. */
  refusal(): Error | null;
  /** A connection to another machine begins; "huggingface.co:443". */
  opens(socket: Socket, address: string): void;
}

interface Target {
  host: string;
  port: number | string;
}

type Connect = (this: Socket, ...args: unknown[]) => Socket;

/** From now on. @returns the way back */
export function guardSockets(rules: SocketRules): () => void {
  const original = Socket.prototype.connect as Connect;
  const guarded: Connect = function (...args) {
    const target = targetOf(args);
    if (target === null || isThisMachine(target.host)) return original.apply(this, args);
    const refusal = rules.refusal();
    // Told as any failure to connect is: by an event, after the caller has had time to listen.
    if (refusal) return this.destroy(refusal);
    rules.opens(this, `${target.host}:${target.port}`);
    return original.apply(this, args);
  };
  Socket.prototype.connect = guarded as typeof Socket.prototype.connect;
  return () => {
    if (Socket.prototype.connect === (guarded as unknown)) {
      Socket.prototype.connect = original as typeof Socket.prototype.connect;
    }
  };
}

/** @param args of `connect`: (options), (port, host), (path), or what Node has already made one list of; null for a pipe */
function targetOf(args: unknown[]): Target | null {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === 'object' && first !== null) {
    const { host, port, path } = first as { host?: string; port?: number; path?: string };
    return path || port === undefined ? null : { host: host || 'localhost', port };
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return null;
  return { host: typeof second === 'string' ? second : 'localhost', port: first as number };
}

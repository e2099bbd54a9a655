/** Every connection to another machine, told as one row for each address and purpose. */
import type { Socket } from 'node:net';
import type { ConnectionRecord } from '../../contract/connections.ts';

interface OpenConnection {
  socket: Socket;
  record: ConnectionRecord;
  /** The other machine has answered. */
  isReached: boolean;
}

/** A list for people: the latest stay. */
const MOST_ROWS = 500;

export class ConnectionBook {
  readonly #rows = new Map<string, ConnectionRecord>();
  readonly #open = new Set<OpenConnection>();
  /** Called when a connection begins or has ended. */
  onChange: () => void = () => {};

  /** Takes over what earlier runs wrote down. */
  restore(records: ConnectionRecord[]): void {
    for (const record of records) this.#rows.set(keyOf(record), { ...record, isOpen: false });
  }

  /** Counts the socket's bytes from now on. */
  add(socket: Socket, address: string, purpose: string | null): void {
    const at = new Date().toISOString();
    const key = keyOf({ address, purpose });
    const known = this.#rows.get(key);
    const counts = { times: 0, unreachedTimes: 0, sentBytes: 0, receivedBytes: 0 };
    const record: ConnectionRecord = known ?? { address, purpose, ...counts, firstAt: at, lastAt: at, isOpen: true };
    record.lastAt = at;
    this.#rows.delete(key); // the latest is the last
    this.#rows.set(key, record);
    for (const oldest of this.#rows.keys()) if (this.#rows.size > MOST_ROWS) this.#rows.delete(oldest);
    const open = { socket, record, isReached: false };
    this.#open.add(open);
    socket.once('connect', () => {
      open.isReached = true;
      record.times++;
    });
    socket.once('close', () => this.#end(open));
    this.onChange();
  }

  /** The latest first, with what has been counted until now. */
  list(): ConnectionRecord[] {
    return [...this.#rows.values()].reverse().map((record) => {
      const open = [...this.#open].filter((each) => each.record === record);
      const counted = open.map(({ socket }) => countOf(socket));
      return {
        ...record,
        sentBytes: counted.reduce((sum, { sent }) => sum + sent, record.sentBytes),
        receivedBytes: counted.reduce((sum, { received }) => sum + received, record.receivedBytes),
        isOpen: open.some(({ isReached }) => isReached),
      };
    });
  }

  clear(): void {
    for (const key of this.#rows.keys()) this.#rows.delete(key);
    for (const { record } of this.#open) this.#rows.set(keyOf(record), record);
    this.onChange();
  }

  /** Ends every connection that is open. */
  breakOff(reason: Error): void {
    for (const { socket } of this.#open) socket.destroy(reason);
  }

  #end(open: OpenConnection): void {
    const { sent, received } = countOf(open.socket);
    this.#open.delete(open);
    if (!open.isReached) open.record.unreachedTimes++;
    open.record.sentBytes += sent;
    open.record.receivedBytes += received;
    this.onChange();
  }
}

function keyOf({ address, purpose }: Pick<ConnectionRecord, 'address' | 'purpose'>): string {
  return `${address}\n${purpose ?? ''}`;
}

function countOf(socket: Socket): { sent: number; received: number } {
  return { sent: socket.bytesWritten ?? 0, received: socket.bytesRead ?? 0 };
}

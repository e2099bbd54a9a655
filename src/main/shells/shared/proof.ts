/** The proofs of `contract/greeting.ts`: keyed hashes, and their comparison. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA256 with a key in hexadecimal digits, as hexadecimal digits. */
export function hmac(key: string, text: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex');
}

/** Compares in a time that says nothing of where two texts differ. In bytes: letters may be of any kind. */
export function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The secret behind an id of this kind, for whoever has the library's key. */
export function secretFor(key: string, kind: 'session' | 'hand-over', id: string): string {
  return hmac(key, `${kind} ${id}`);
}

/**
 * Who may speak to the local server. An opened address holds a one-time code; a tab exchanges it for a session of its
 * own, which it keeps for its origin (and so for its port) alone. Neither the code nor the session's secret is sent
 * again: both sides prove that they know it. Sessions outlive a restart, since their secrets follow from a key that is
 * kept with the library.
 */
import { randomBytes } from 'node:crypto';
import { addressText, type Credential, type Hello } from '../../../contract/index.ts';
import { hmac, isSame, secretFor } from '../shared/proof.ts';

/** Seconds. */
const sessionLife = 30 * 24 * 3600;
/** The longest that an address of a picture or a media file may be good for. */
const addressLife = 25 * 3600;

export class Access {
  readonly #key: string;
  #code: Credential;
  #hosts = new Set<string>();

  /** @param key 64 hexadecimal digits; whoever has it may use the library */
  constructor(key: string) {
    this.#key = key;
    this.#code = newCode();
  }

  listenOn(port: number): void {
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  }

  /** Refuses names that another site has pointed at this machine (DNS rebinding). */
  isOwnHost(host: string | null | undefined): boolean {
    return host !== null && host !== undefined && this.#hosts.has(host);
  }

  /** A page of this server, or a request that no page made. */
  isOwnOrigin(origin: string | null | undefined): boolean {
    return origin === null || origin === undefined || [...this.#hosts].some((host) => origin === `http://${host}`);
  }

  /** The one-time code that is good now, for an address. */
  get code(): string {
    return `${this.#code.id}.${this.#code.secret}`;
  }

  /** The code was used: another one takes its place. */
  renewCode(): void {
    this.#code = newCode();
  }

  /** The secret that is meant, or null when it is none of ours (any more). */
  secretOf(kind: Hello['with'], id: string): string | null {
    if (kind === 'code') return id === this.#code.id ? this.#code.secret : null;
    const endsAt = Number(id.split('.')[0]);
    return Number.isFinite(endsAt) && endsAt > now() ? secretFor(this.#key, kind, id) : null;
  }

  newSession(): Credential {
    const id = `${now() + sessionLife}.${randomBytes(8).toString('hex')}`;
    return { id, secret: secretFor(this.#key, 'session', id) };
  }

  /** True for an address that a session signed for this route, and that is still good. */
  mayFetch(route: string, query: URLSearchParams): boolean {
    const secret = this.secretOf('session', query.get('session') ?? '');
    const until = Number(query.get('until'));
    if (secret === null || !(until > now()) || until > now() + addressLife) return false;
    return isSame(query.get('signature') ?? '', hmac(secret, addressText(route, until)));
  }
}

function newCode(): Credential {
  return { id: randomBytes(8).toString('hex'), secret: randomBytes(32).toString('hex') };
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

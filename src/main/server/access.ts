/** Who may speak to the local server: the holder of this start's token, from this server's own pages. */
import { randomBytes, timingSafeEqual } from 'node:crypto';

export const cookieName = 'playhead-token';

export class Access {
  /** 256 bits, new at every start. */
  readonly token = randomBytes(32).toString('hex');
  #hosts = new Set<string>();

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

  isToken(given: string | null | undefined): boolean {
    const bytes = Buffer.from(given ?? '');
    const own = Buffer.from(this.token);
    // In bytes, not in letters: what is compared must be of one length.
    return bytes.length === own.length && timingSafeEqual(bytes, own);
  }

  /** The token in the query or, for pictures and media, in the cookie. */
  mayUse(url: URL, cookieHeader: string | null | undefined): boolean {
    return this.isToken(url.searchParams.get('token')) || this.isToken(cookieIn(cookieHeader));
  }

  get cookie(): string {
    return `${cookieName}=${this.token}; Path=/; HttpOnly; SameSite=Strict`;
  }
}

function cookieIn(header: string | null | undefined): string | null {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === cookieName)?.[1] ?? null;
}

import { describe, expect, it } from 'vitest';
import { addressText } from '../../../src/contract/index.ts';
import { Access } from '../../../src/main/shells/server/access.ts';
import { hmac } from '../../../src/main/shells/shared/proof.ts';

const access = new Access('0'.repeat(64));
access.listenOn(4321);

describe('access to the local server', () => {
  it('is refused to pages of other origins and to names that point here from elsewhere', () => {
    expect(access.isOwnOrigin('http://127.0.0.1:4321')).toBe(true);
    expect(access.isOwnOrigin(undefined)).toBe(true);
    expect(access.isOwnOrigin('https://example.org')).toBe(false);
    expect(access.isOwnOrigin('http://127.0.0.1:9999')).toBe(false);
    expect(access.isOwnOrigin('null')).toBe(false);
    expect(access.isOwnHost('localhost:4321')).toBe(true);
    expect(access.isOwnHost('evil.example:4321')).toBe(false);
  });

  it('is given once for a code, and another code then takes its place', () => {
    const [id = '', secret] = access.code.split('.');
    expect(access.secretOf('code', id)).toBe(secret);
    access.renewCode();
    expect(access.secretOf('code', id)).toBeNull();
    expect(access.code).toMatch(/^[0-9a-f]{16}\.[0-9a-f]{64}$/);
  });

  it('is kept by a session over a restart with the same key, not with another, and not for ever', () => {
    const session = access.newSession();
    expect(new Access('0'.repeat(64)).secretOf('session', session.id)).toBe(session.secret);
    expect(new Access('1'.repeat(64)).secretOf('session', session.id)).not.toBe(session.secret);
    expect(access.secretOf('session', `${Math.floor(Date.now() / 1000) - 1}.abc`)).toBeNull();
    expect(access.secretOf('session', 'é'.repeat(64))).toBeNull();
  });

  it('to a picture needs a signature for this picture that is still good', () => {
    const session = access.newSession();
    const now = Math.floor(Date.now() / 1000);
    const query = (route: string, until: number) =>
      new URLSearchParams({
        session: session.id,
        until: String(until),
        signature: hmac(session.secret, addressText(route, until)),
      });
    expect(access.mayFetch('thumbnail/a', query('thumbnail/a', now + 60))).toBe(true);
    expect(access.mayFetch('thumbnail/b', query('thumbnail/a', now + 60))).toBe(false);
    expect(access.mayFetch('thumbnail/a', query('thumbnail/a', now - 1))).toBe(false);
    expect(access.mayFetch('thumbnail/a', query('thumbnail/a', now + 90 * 24 * 3600))).toBe(false);
    expect(access.mayFetch('thumbnail/a', new URLSearchParams())).toBe(false);
  });
});

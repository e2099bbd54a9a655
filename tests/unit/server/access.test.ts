import { describe, expect, it } from 'vitest';
import { Access, cookieName } from '../../../src/main/server/access.ts';

const access = new Access();
access.listenOn(4321);
const url = (query: string) => new URL(`http://127.0.0.1:4321/media/x${query}`);

describe('access to the local server', () => {
  it('is given to the token in the address and in the cookie', () => {
    expect(access.mayUse(url(`?token=${access.token}`), null)).toBe(true);
    expect(access.mayUse(url(''), `other=1; ${cookieName}=${access.token}`)).toBe(true);
  });

  it('is refused without the token, with another, and with a part of it', () => {
    expect(access.mayUse(url(''), null)).toBe(false);
    expect(access.mayUse(url(`?token=${'0'.repeat(64)}`), null)).toBe(false);
    expect(access.mayUse(url(`?token=${access.token.slice(0, 63)}`), `${cookieName}=`)).toBe(false);
  });

  it('is refused to pages of other origins and to names that point here from elsewhere', () => {
    expect(access.isOwnOrigin('http://127.0.0.1:4321')).toBe(true);
    expect(access.isOwnOrigin(undefined)).toBe(true);
    expect(access.isOwnOrigin('https://example.org')).toBe(false);
    expect(access.isOwnOrigin('http://127.0.0.1:9999')).toBe(false);
    expect(access.isOwnOrigin('null')).toBe(false);
    expect(access.isOwnHost('localhost:4321')).toBe(true);
    expect(access.isOwnHost('evil.example:4321')).toBe(false);
  });

  it('uses a token that no other start has', () => {
    expect(new Access().token).not.toBe(access.token);
    expect(access.token).toMatch(/^[0-9a-f]{64}$/);
  });
});

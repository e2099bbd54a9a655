/** Addresses of pictures and media, which an <img> or <video> cannot prove anything for: signed, and good for a while. */
import { addressText, type Credential } from '../../contract/greeting.ts';
import { sign } from './greetServer.ts';

/** Seconds: pictures are fetched at once, a film may be paused for hours. */
const lifeOf = (route: string) => (route.startsWith('media/') ? 24 * 3600 : 3600);

interface Signed {
  address: string;
  session: string;
  until: number;
}

/** The same address for a route as long as half of its life is left, so that no player starts over. */
export function createAddressSigner(origin: string, now = () => Date.now() / 1000) {
  const signed = new Map<string, Signed>();
  return (route: string, session: Credential | null): string => {
    if (session === null) return `${origin}/${route}`;
    const known = signed.get(route);
    if (known && known.session === session.id && known.until - now() > lifeOf(route) / 2) return known.address;
    const until = Math.floor(now() + lifeOf(route));
    const query = new URLSearchParams({
      session: session.id,
      until: String(until),
      signature: sign(session.secret, addressText(route, until)),
    });
    const address = `${origin}/${route}?${query}`;
    signed.set(route, { address, session: session.id, until });
    return address;
  };
}

/**
 * The proxy that a system's settings name for an address, from the answer in the form of a PAC file, as Chromium gives it:
 * "PROXY host:8080; DIRECT". Source: Chromium, `net/docs/proxy.md`.
 */
import { PlayheadError } from '../../contract/index.ts';

const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https', SOCKS5: 'socks5' };

/**
 * @returns "http://host:8080"; null for a straight way. Of several, the first that is spoken here
 * @throws PlayheadError `unreachable` where none is: who set a proxy wants no way past it
 */
export function proxyOf(answer: string): string | null {
  const choices = answer.split(';').map((choice) => choice.trim());
  for (const choice of choices) {
    const [kind = '', address = ''] = choice.split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = schemes[kind.toUpperCase()];
    if (scheme && address !== '' && URL.canParse(`${scheme}://${address}`)) return `${scheme}://${address}`;
  }
  if (choices.every((choice) => choice === '')) return null;
  throw new PlayheadError({
    code: 'unreachable',
    message: `The system’s settings name a proxy that Playhead cannot speak to: ${answer}.`,
    hint: 'HTTP, HTTPS and SOCKS5 proxies work.',
  });
}

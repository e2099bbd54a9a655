/** Which Hub is asked, how fast, and as whom: settings of the library, and a token that is in no library. */
import { type HubStatus, PlayheadError } from '../../contract/index.ts';
import { type HubOptions, publicHub } from '../downloading/hubSource.ts';
import type { TokenStore } from '../downloading/tokenStore.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';

const endpointKey = 'hub.endpoint';
const paceKey = 'hub.bytesPerSecond';

export interface HubChange {
  /** Null for the public Hub, or for what `HF_ENDPOINT` says. */
  endpoint?: string | null;
  /** Null for as fast as it goes. */
  bytesPerSecond?: number | null;
  /** Of the endpoint that is set. Null takes it away. */
  token?: string | null;
}

export class HubSettings {
  readonly #library: Pick<LibraryApi, 'getSetting' | 'setSetting'>;
  readonly #tokens: TokenStore;

  constructor(library: Pick<LibraryApi, 'getSetting' | 'setSetting'>, tokens: TokenStore) {
    this.#library = library;
    this.#tokens = tokens;
  }

  /** With the token: for requests alone. */
  async access(): Promise<Omit<HubOptions, 'fetch'> & { bytesPerSecond: number | null }> {
    const { endpoint, bytesPerSecond } = await this.#settings();
    const token = process.env.HF_TOKEN || (await this.#tokens.read(new URL(endpoint).host));
    return { endpoint, bytesPerSecond, token, xet: endpoint === publicHub };
  }

  async status(): Promise<HubStatus> {
    const { token, endpoint, bytesPerSecond } = await this.access();
    return { endpoint, bytesPerSecond, hasToken: token !== null };
  }

  /** @returns where a token that was given is kept. @throws PlayheadError `invalid-input` */
  async change({ endpoint, bytesPerSecond, token }: HubChange): Promise<HubStatus & { tokenPlace: string | null }> {
    if (endpoint !== undefined) await this.#library.setSetting(endpointKey, endpoint === null ? '' : checked(endpoint));
    if (bytesPerSecond !== undefined) await this.#library.setSetting(paceKey, String(bytesPerSecond ?? ''));
    const { host } = new URL((await this.#settings()).endpoint);
    const tokenPlace = token === undefined ? null : await this.#tokens.write(host, token);
    return { ...(await this.status()), tokenPlace };
  }

  async #settings(): Promise<{ endpoint: string; bytesPerSecond: number | null }> {
    const [endpoint, pace] = await Promise.all([endpointKey, paceKey].map((key) => this.#library.getSetting(key)));
    return {
      endpoint: endpoint || checked(process.env.HF_ENDPOINT || publicHub),
      bytesPerSecond: Number(pace) > 0 ? Number(pace) : null,
    };
  }
}

function checked(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url && /^https?:$/.test(url.protocol) && url.username === '') return url.href.replace(/\/+$/, '');
  throw new PlayheadError({
    code: 'invalid-input',
    message: `This is no address of a Hub: ${endpoint}.`,
    hint: 'Give one like https://huggingface.co.',
  });
}

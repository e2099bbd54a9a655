/** An answer of the Hub that is none: its status, and how long it asks us to wait. */
export class HttpFailure extends Error {
  readonly status: number;
  readonly url: string;
  /** Milliseconds; null where it says nothing. */
  readonly waitMs: number | null;

  constructor(response: Response, url: string) {
    super(`${response.status} from ${new URL(url).host}`);
    this.status = response.status;
    this.url = url;
    this.waitMs = askedToWait(response.headers);
  }
}

/** `Retry-After` (seconds or a date), else the seconds until an exhausted `RateLimit` begins anew ("api";r=0;t=120). */
export function askedToWait(headers: Headers): number | null {
  const after = headers.get('retry-after');
  if (after !== null) {
    const seconds = Number(after);
    const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(after) - Date.now();
    if (Number.isFinite(wait)) return Math.max(0, wait);
  }
  const limit = headers.get('ratelimit') ?? '';
  const [left, reset] = [/\br=(\d+)/.exec(limit)?.[1], /\bt=(\d+)/.exec(limit)?.[1]];
  return left !== undefined && Number(left) === 0 && reset !== undefined ? Number(reset) * 1000 : null;
}

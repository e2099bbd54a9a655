/**
 * How a browser tab and the server prove to each other who they are, before anything else goes over the socket. Both
 * know a secret; neither sends it. What is proved with it is proved for this one connection alone.
 *
 *     tab     -> hello    which secret is meant, and a challenge
 *     server  -> proof    HMAC of both challenges, and its own challenge      (or: refused)
 *     tab     -> answer   HMAC of both challenges, once the server's was right
 *     server  -> welcome  a secret of the tab's own, when it came with a one-time code
 */
import type { ErrorInfo } from './errors.ts';

export interface Hello {
  kind: 'hello';
  /**
   * A one-time code out of an opened address, the session that this tab was given for one, or the library's own key: a
   * second start of the program, which may only say what it was asked to open.
   */
  with: 'code' | 'session' | 'hand-over';
  id: string;
  /** 32 hexadecimal digits, never used before. */
  challenge: string;
}

export interface Answer {
  kind: 'answer';
  /** 64 hexadecimal digits. */
  proof: string;
}

/** Names a secret, and is one. */
export interface Credential {
  id: string;
  /** 64 hexadecimal digits. */
  secret: string;
}

export type GreetingReply =
  | { kind: 'proof'; proof: string; challenge: string }
  | { kind: 'welcome'; session: Credential | null }
  | { kind: 'refused'; error: ErrorInfo };

/** What the HMAC is made of: the challenges of both sides, and whose proof it is. */
export function proofText(by: 'server' | 'tab', tabChallenge: string, serverChallenge: string): string {
  return `playhead ${by} ${tabChallenge} ${serverChallenge}`;
}

/** What a signature for a picture or a media file is made of; `until` is in seconds since the epoch. */
export function addressText(route: string, until: number): string {
  return `playhead GET ${route} ${until}`;
}

/** The tab's side of `contract/greeting.ts`: nothing is handed over before the server has proved that it is the same. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Answer, type Credential, type GreetingReply, type Hello, proofText } from '../../contract/greeting.ts';

export type Greeted = { session: Credential | null } | 'refused' | 'stranger';

/** HMAC-SHA256, in hexadecimal digits. */
export function sign(secret: string, text: string): string {
  return bytesToHex(hmac(sha256, hexToBytes(secret), utf8ToBytes(text)));
}

/**
 * Calls `done` once: with the session that the server gives for a code, with 'refused' by a server that does not know
 * the credential (any more), with 'stranger' when something answers that cannot prove that it is our server.
 */
export function greetServer(
  socket: WebSocket,
  kind: 'code' | 'session',
  credential: Credential,
  done: (greeted: Greeted) => void,
): void {
  const challenge = bytesToHex(randomBytes(16));
  const send = (message: Hello | Answer) => socket.send(JSON.stringify(message));
  const end = (greeted: Greeted) => {
    socket.removeEventListener('message', hear);
    done(greeted);
  };
  let isProved = false;
  const hear = ({ data }: MessageEvent) => {
    const reply = parseReply(data);
    if (reply?.kind === 'refused') return end('refused');
    if (reply?.kind === 'welcome' && isProved) return end({ session: reply.session });
    if (reply?.kind !== 'proof' || isProved) return end('stranger');
    const texts = (by: 'server' | 'tab') => sign(credential.secret, proofText(by, challenge, reply.challenge));
    isProved = reply.proof === texts('server');
    if (isProved) send({ kind: 'answer', proof: texts('tab') });
    else end('stranger');
  };
  socket.addEventListener('message', hear);
  send({ kind: 'hello', with: kind, id: credential.id, challenge });
}

function parseReply(data: unknown): GreetingReply | null {
  try {
    return JSON.parse(String(data)) as GreetingReply;
  } catch {
    return null;
  }
}

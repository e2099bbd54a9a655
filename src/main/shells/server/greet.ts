/** The first messages of a socket; see `contract/greeting.ts`. Nothing else is heard or told before they are done. */
import { randomBytes } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import * as z from 'zod';
import { type Answer, type ErrorInfo, type GreetingReply, type Hello, proofText } from '../../../contract/index.ts';
import { hmac, isSame } from '../shared/proof.ts';
import type { Access } from './access.ts';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const helloSchema: z.ZodType<Hello> = z.object({
  kind: z.literal('hello'),
  with: z.enum(['code', 'session', 'hand-over']),
  id: z.string().min(1).max(100),
  challenge: hex(16),
});
const answerSchema: z.ZodType<Answer> = z.object({ kind: z.literal('answer'), proof: hex(32) });

/** Milliseconds in which a tab has to prove itself. */
const patienceMs = 10_000;
/** WebSocket close code for a socket that did not prove itself. */
const refusedCode = 4401;

/** Who is there: a tab with its session (a new one, where its code is used up now), or a second start of the program. */
export interface Welcomed {
  with: Hello['with'];
  session: string;
}

/** @param onWelcome the socket belongs to the person */
export function greet(socket: WebSocket, access: Access, onWelcome: (who: Welcomed) => void): void {
  const send = (reply: GreetingReply) => socket.send(JSON.stringify(reply));
  const timer = setTimeout(() => socket.terminate(), patienceMs);
  timer.unref();
  socket.on('error', () => socket.terminate());
  socket.on('close', () => clearTimeout(timer));
  const refuse = () => {
    send({ kind: 'refused', error: refusal });
    socket.close(refusedCode);
  };

  socket.once('message', (data) => {
    const hello = helloSchema.safeParse(parseJson(data)).data;
    const secret = hello ? access.secretOf(hello.with, hello.id) : null;
    if (!hello || secret === null) return refuse();
    const challenge = randomBytes(16).toString('hex');
    send({ kind: 'proof', proof: hmac(secret, proofText('server', hello.challenge, challenge)), challenge });
    socket.once('message', (next) => {
      const answer = answerSchema.safeParse(parseJson(next)).data;
      const expected = hmac(secret, proofText('tab', hello.challenge, challenge));
      // Asked again: another tab may have used the same code meanwhile.
      const isStillGood = access.secretOf(hello.with, hello.id) === secret;
      if (!answer || !isStillGood || !isSame(answer.proof, expected)) return refuse();
      clearTimeout(timer);
      welcome(hello, send);
    });
  });

  function welcome(hello: Hello, reply: (message: GreetingReply) => void): void {
    const usedCode = hello.with === 'code';
    if (usedCode) access.renewCode();
    const session = usedCode ? access.newSession() : null;
    reply({ kind: 'welcome', session });
    onWelcome({ with: hello.with, session: session?.id ?? hello.id });
  }
}

const refusal: ErrorInfo = {
  code: 'unauthorised',
  message:
    'This window may not use the library: its address was used before, or belongs to another library or an older start.',
  hint: 'Open the newest address that Playhead printed where it was started; it prints a new one each time one was used.',
};

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    return null;
  }
}

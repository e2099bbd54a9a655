/** The first messages of a socket; see `contract/greeting.ts`. Nothing else is heard or told before they are done. */
import { randomBytes } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import * as z from 'zod';
import { type Answer, type ErrorInfo, type GreetingReply, type Hello, proofText } from '../../../contract/index.ts';
import { type Access, hmac, isSame } from './access.ts';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const helloSchema: z.ZodType<Hello> = z.object({
  kind: z.literal('hello'),
  with: z.enum(['code', 'session']),
  id: z.string().min(1).max(100),
  challenge: hex(16),
});
const answerSchema: z.ZodType<Answer> = z.object({ kind: z.literal('answer'), proof: hex(32) });

/** Milliseconds in which a tab has to prove itself. */
const patienceMs = 10_000;
/** WebSocket close code for a socket that did not prove itself. */
const refusedCode = 4401;

/** @param onWelcome the socket belongs to the person, with a code that is used up now or with its session */
export function greet(socket: WebSocket, access: Access, onWelcome: (usedCode: boolean) => void): void {
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
    reply({ kind: 'welcome', session: usedCode ? access.newSession() : null });
    onWelcome(usedCode);
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

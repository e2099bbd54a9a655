/** What can go wrong on the server's side, one row a kind. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fail, sendFile } from './localHub.ts';

/** What is asked for: a listing, a file's address, a large file's bytes. */
export type HubStep = 'list' | 'resolve' | 'blob';

export interface HubFault {
  kind: FaultKind;
  step: HubStep;
  /** How many requests it spoils. */
  times: number;
  /** 0 to 1: how far a file comes before it is cut, or where its bytes change. */
  at?: number;
}

interface Spoiled {
  step: HubStep;
  request: IncomingMessage;
  response: ServerResponse;
  content?: Buffer;
}

type Spoil = (given: Spoiled, at: number) => unknown;

const faults = {
  cut: ({ request, response, content = Buffer.alloc(0) }, at) => {
    const start = startOf(request);
    const end = start + Math.floor((content.length - start) * at);
    head(request, response, content.length);
    response.write(content.subarray(start, end), () => response.destroy());
  },
  reset: ({ response }) => void response.destroy(),
  slow: ({ request, response, content = Buffer.alloc(0) }) => {
    const start = startOf(request);
    const step = Math.max(1, Math.ceil((content.length - start) / 8));
    head(request, response, content.length);
    const send = (from: number) => {
      if (from >= content.length) return void response.end();
      response.write(content.subarray(from, from + step));
      setTimeout(() => send(from + step), 20);
    };
    send(start);
  },
  wrongBytes: ({ request, response, content = Buffer.alloc(0) }, at) => {
    const wrong = Buffer.from(content);
    const start = startOf(request);
    const index = Math.min(content.length - 1, start + Math.floor((content.length - start) * at));
    wrong[index] = (wrong[index] ?? 0) ^ 0xff;
    sendFile({ content: wrong }, request, response);
  },
  changedFile: ({ request, response, content = Buffer.alloc(0) }) =>
    sendFile({ content: Buffer.concat([content, Buffer.from('more')]) }, request, response),
  ignoredRange: ({ response, content = Buffer.alloc(0) }) => {
    response.writeHead(200, { 'content-length': content.length });
    response.end(content);
  },
  unauthorised: ({ response }) => fail(response, 401),
  forbidden: ({ response }) => fail(response, 403, { 'x-error-code': 'GatedRepo' }),
  missing: ({ response }) => fail(response, 404, { 'x-error-code': 'EntryNotFound' }),
  badRange: ({ response }) => fail(response, 416),
  tooMany: ({ response }) => fail(response, 429, { 'retry-after': '0.05' }),
  tooManyByRate: ({ response }) => fail(response, 429, { ratelimit: '"resolvers";r=0;t=0' }),
  tooManyForLong: ({ response }) => fail(response, 429, { 'retry-after': '86400' }),
  broken: ({ response }) => fail(response, 503),
} satisfies Record<string, Spoil>;

export type FaultKind = keyof typeof faults;

/** True where the answer has been spoilt. */
export function withFault(hub: { faults: HubFault[] }, given: Spoiled): boolean {
  const fault = hub.faults.find(({ step, times }) => step === given.step && times > 0);
  if (!fault) return false;
  fault.times--;
  (faults[fault.kind] as Spoil)(given, fault.at ?? 0.5);
  return true;
}

function startOf(request: IncomingMessage): number {
  return Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
}

function head(request: IncomingMessage, response: ServerResponse, size: number): void {
  const start = startOf(request);
  if (request.headers.range) response.setHeader('content-range', `bytes ${start}-${size - 1}/${size}`);
  response.writeHead(request.headers.range ? 206 : 200, { 'content-length': size - start });
}

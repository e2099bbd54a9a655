/** The wire form of the contract: plain JSON messages, the same over a message port and a WebSocket. */
import * as z from 'zod';
import type { CallInput, CallName, CallResults, EngineApi, EngineEvent } from './calls.ts';
import { callSchemas } from './calls.ts';
import type { ErrorInfo } from './errors.ts';
import { PlayheadError, toErrorInfo } from './errors.ts';

export interface CallMessage {
  kind: 'call';
  id: number;
  name: CallName;
  input: unknown;
}
export type ReplyMessage =
  | { kind: 'reply'; id: number; ok: true; value: unknown }
  | { kind: 'reply'; id: number; ok: false; error: ErrorInfo };
export interface EventMessage {
  kind: 'event';
  event: EngineEvent;
}

const callMessageSchema = z.object({
  kind: z.literal('call'),
  id: z.int().min(0),
  name: z.enum(Object.keys(callSchemas) as [CallName, ...CallName[]]),
  input: z.unknown(),
});

/** A message from a UI, checked; null when it is not one of ours. */
export function parseCallMessage(data: unknown): CallMessage | null {
  const parsed = callMessageSchema.safeParse(data);
  return parsed.success ? (parsed.data as CallMessage) : null;
}

/**
 * The input of one call, checked and with its defaults filled in.
 * @throws PlayheadError `invalid-input`, naming every field that is wrong.
 */
export function parseCallInput<N extends CallName>(name: N, input: unknown): z.output<(typeof callSchemas)[N]> {
  const parsed = callSchemas[name].safeParse(input ?? {});
  if (parsed.success) return parsed.data as z.output<(typeof callSchemas)[N]>;
  throw (
    tooLong(parsed.error.issues, input) ??
    emptyText(parsed.error.issues, input) ??
    notUnderstood(name, parsed.error.issues)
  );
}

/** A person's text that is over its limit is no fault of a program: it is told as one. */
function tooLong(issues: readonly z.core.$ZodIssue[], input: unknown): PlayheadError | null {
  for (const issue of issues) {
    const text = valueAt(input, issue.path);
    if (issue.code !== 'too_big' || typeof text !== 'string') continue;
    const what = String(issue.path.at(-1));
    return new PlayheadError({
      code: 'invalid-input',
      message: `This ${what} is too long: it has ${grouped(text.length)} characters, and ${grouped(Number(issue.maximum))} is the most.`,
      hint: what === 'question' ? 'Ask it in fewer words.' : 'Write a shorter one.',
    });
  }
  return null;
}

/** So is nothing where a question belongs. */
function emptyText(issues: readonly z.core.$ZodIssue[], input: unknown): PlayheadError | null {
  for (const issue of issues) {
    const text = valueAt(input, issue.path);
    if (issue.code !== 'too_small' || typeof text !== 'string' || text.trim() !== '') continue;
    const what = String(issue.path.at(-1));
    return new PlayheadError({ code: 'invalid-input', message: `There is no ${what}: it is empty.` });
  }
  return null;
}

function notUnderstood(name: CallName, issues: readonly z.core.$ZodIssue[]): PlayheadError {
  const problems = issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
  return new PlayheadError({
    code: 'invalid-input',
    message: `The call "${name}" was not understood: ${problems.join('; ')}.`,
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input);
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}

/** Answers one call message; whatever goes wrong becomes an ErrorInfo. */
export async function answerCall(engine: EngineApi, message: CallMessage): Promise<ReplyMessage> {
  try {
    const call = engine[message.name] as (input: unknown) => Promise<unknown>;
    return { kind: 'reply', id: message.id, ok: true, value: await call(message.input) };
  } catch (thrown) {
    return { kind: 'reply', id: message.id, ok: false, error: toErrorInfo(thrown) };
  }
}

/** What a UI holds: the calls, the events, and how to reach pictures and media by URL. */
export interface PlayheadClient {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallResults[N]>;
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** 'open' when calls go through; a UI shows anything else. 'refused' stays until the person opens another address. */
  onConnection(listener: (state: 'connecting' | 'open' | 'lost' | 'refused') => void): () => void;
  /** The address of a route such as `MediaItem.thumbnail` or `MediaItem.stream`. */
  urlOf(route: string): string;
}

/**
 * The one error vocabulary of Playhead. Every failure that reaches a person is a PlayheadError:
 * what happened, to which file, what to do next; a stable code underneath; the cause kept.
 */

export const errorCodes = [
  'invalid-input',
  'file-not-found',
  'file-empty',
  'file-unreadable',
  'file-not-media',
  'file-damaged',
  'no-audio',
  'no-video',
  'ffmpeg-missing',
  'ffmpeg-failed',
  'time-limit',
  'disk-full',
  'model-missing',
  'model-invalid',
  'checkpoint-invalid',
  'model-crashed',
  'memory-short',
  'provider-unavailable',
  'library-locked',
  'library-damaged',
  'library-missing',
  'library-newer',
  'not-found',
  'cancelled',
  'unauthorised',
  'connection-lost',
  'offline',
  'unreachable',
  'rate-limited',
  'token-needed',
  'terms-needed',
  'download-changed',
  'download-damaged',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** The plain form of an error: what crosses processes, sockets and the database. */
export interface ErrorInfo {
  code: ErrorCode;
  /** What happened, as one sentence. */
  message: string;
  /** The file it happened to, when there is one (absolute path). */
  file?: string;
  /** What the person can do next, as one sentence. */
  hint?: string;
  /** The technical cause (an exception's message, the last lines of a tool's output). */
  cause?: string;
}

export class PlayheadError extends Error {
  readonly code: ErrorCode;
  readonly file: string | undefined;
  readonly hint: string | undefined;
  readonly causeText: string | undefined;

  constructor(info: ErrorInfo, options?: { cause?: unknown }) {
    super(info.message, options);
    this.name = 'PlayheadError';
    this.code = info.code;
    this.file = info.file;
    this.hint = info.hint;
    this.causeText = info.cause ?? (options?.cause === undefined ? undefined : describeCause(options.cause));
  }

  toInfo(): ErrorInfo {
    return {
      code: this.code,
      message: this.message,
      ...(this.file === undefined ? {} : { file: this.file }),
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.causeText === undefined ? {} : { cause: this.causeText }),
    };
  }
}

/** Any thrown value as an ErrorInfo; what is not ours becomes `internal`, with its own words as the message. */
export function toErrorInfo(thrown: unknown, file?: string): ErrorInfo {
  if (thrown instanceof PlayheadError) {
    const info = thrown.toInfo();
    return file !== undefined && info.file === undefined ? { ...info, file } : info;
  }
  if (isErrorInfo(thrown)) return thrown;
  if (isAbort(thrown)) return cancelled().toInfo();
  const message = describeCause(thrown);
  return {
    code: 'internal',
    message: `Something unexpected happened: ${message}`,
    ...(file ? { file } : {}),
    cause: message,
  };
}

/** What was stopped throws this, whoever stopped it: the reason with which we abort our signals. */
export function cancelled(file?: string): PlayheadError {
  return new PlayheadError({ code: 'cancelled', message: 'Stopped, as you asked.', file });
}

/** An ErrorInfo that came over a wire, as an exception again. */
export function fromErrorInfo(info: ErrorInfo): PlayheadError {
  return new PlayheadError(info);
}

/** "What happened. What to do next. (code, file)" on one line, for terminals and logs. */
export function formatError(info: ErrorInfo): string {
  const where = info.file ? ` [${info.file}]` : '';
  return `${info.message}${info.hint ? ` ${info.hint}` : ''} (${info.code})${where}`;
}

function isErrorInfo(value: unknown): value is ErrorInfo {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Error) &&
    'code' in value &&
    'message' in value &&
    errorCodes.includes((value as ErrorInfo).code)
  );
}

/** What the platform throws for a signal that was aborted without a reason of ours. */
function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

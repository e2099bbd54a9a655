/**
 * The one place that starts ffmpeg and ffprobe. A run has a time limit and an output limit, ends when its
 * signal is aborted, reads nothing from the terminal, and fails with a PlayheadError that keeps the tool's last words.
 */

import { execa } from 'execa';
import { cancelled, PlayheadError } from '../../contract/index.ts';
import { diskFull } from '../ports/diskFull.ts';
import { lineSplitter } from './lineSplitter.ts';

export interface RunOptions {
  /** The file that an error should name. */
  file?: string;
  /** Default 120 s; never more than a day. */
  timeLimitSec?: number;
  /** Bytes of standard output; default 2 GiB less one. */
  maxOutputBytes?: number;
  signal?: AbortSignal | undefined;
  /** Bytes for standard input; without them the tool gets none. */
  input?: Uint8Array;
  /** Takes the output as it comes, in place of `stdout` of the result; the tool waits while it runs. */
  onOutput?: (chunk: Uint8Array) => void | Promise<void>;
  /** Hears each line of standard error as it comes. */
  onMessage?: (line: string) => void;
}

export interface RunResult {
  /** Empty when `onOutput` took it. */
  stdout: Uint8Array<ArrayBuffer>;
  /** The last lines of standard error: warnings, where the exit code was 0. */
  stderr: string;
}

const DEFAULT_TIME_LIMIT_SEC = 120;
/** Timers count milliseconds in 31 bits: a limit beyond 24 days would end the run at once. */
const LONGEST_TIME_LIMIT_SEC = 24 * 3600;
const DEFAULT_MAX_OUTPUT = 2 ** 31 - 1;
const STDERR_KEPT = 8_000; // characters
const CRASH = 'ended by signal ';
/** What ends a tool from outside; one that crashes by itself gets others. */
const FROM_OUTSIDE = ['SIGKILL', 'SIGTERM'];
const MOST_RUNS = 3;

/**
 * Runs a binary to its end. One that is ended from outside (by the system, for want of memory) is run again, and what it
 * writes then goes on behind what was taken already; not where its messages are heard, which would be heard twice.
 * @throws PlayheadError `ffmpeg-missing` (cannot be started), `ffmpeg-failed` (with its last lines as the cause),
 *   `time-limit`, `disk-full`, `cancelled`
 */
export async function runTool(binary: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const mostRuns = options.onMessage === undefined ? MOST_RUNS : 1;
  const taken = { bytes: 0 };
  for (let runs = 1; ; runs++) {
    try {
      return await runOnce(binary, args, behind(taken, options));
    } catch (thrown) {
      if (runs === mostRuns || !wasEndedFromOutside(thrown)) throw thrown;
    }
  }
}

/** The same options for another run: the bytes that `onOutput` has taken are passed over. */
function behind(taken: { bytes: number }, options: RunOptions): RunOptions {
  const { onOutput } = options;
  if (onOutput === undefined) return options;
  let left = taken.bytes;
  return {
    ...options,
    async onOutput(chunk) {
      const fresh = chunk.subarray(Math.min(left, chunk.length));
      left -= chunk.length - fresh.length;
      if (fresh.length === 0) return;
      taken.bytes += fresh.length;
      await onOutput(fresh);
    },
  };
}

function wasEndedFromOutside(thrown: unknown): boolean {
  const cause = thrown instanceof PlayheadError ? (thrown.causeText ?? '') : '';
  return FROM_OUTSIDE.some((signal) => cause.split('\n', 1)[0] === CRASH + signal);
}

async function runOnce(binary: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const timeLimitSec = Math.min(options.timeLimitSec ?? DEFAULT_TIME_LIMIT_SEC, LONGEST_TIME_LIMIT_SEC);
  const child = execa(binary, args, {
    stdin: options.input === undefined ? 'ignore' : 'pipe',
    ...(options.input === undefined ? {} : { input: options.input }),
    encoding: 'buffer',
    buffer: false,
    reject: false,
    timeout: timeLimitSec * 1000,
    killSignal: 'SIGKILL',
    windowsHide: true,
    // A terminal's Ctrl+C is for Playhead, which then ends its tools itself: a tool that hears it reports a damaged file.
    detached: process.platform !== 'win32',
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
  });

  let stderr = '';
  const messages = lineSplitter((line) => options.onMessage?.(line));
  child.stderr.on('data', (chunk: Uint8Array) => {
    stderr = (stderr + Buffer.from(chunk).toString('utf8')).slice(-STDERR_KEPT);
    messages.push(chunk);
  });
  const output = collectOutput(child.stdout, options).catch((error: unknown) => {
    child.kill();
    return error instanceof Error ? error : new Error(String(error));
  });
  const [collected, result] = await Promise.all([output, child]);
  messages.end();

  const file = options.file === undefined ? {} : { file: options.file };
  if (result.isCanceled || options.signal?.aborted) throw cancelled(options.file);
  if (result.timedOut) {
    throw new PlayheadError({
      code: 'time-limit',
      message: `Reading the file took longer than ${Math.round(timeLimitSec)} s.`,
      hint: 'Try a shorter stretch, or convert the file to MP4 (H.264).',
      cause: lastLines(stderr),
      ...file,
    });
  }
  if (collected instanceof PlayheadError) throw collected;
  if (result.failed && result.exitCode === undefined && result.signal === undefined) throw cannotStart(binary, result);
  if (collected instanceof Error) throw collected;
  if (result.failed) throw toolFailed(result, stderr, file);
  return { stdout: collected, stderr: lastLines(stderr) };
}

/** The last lines of a tool's messages, without the noise of repeats. */
export function lastLines(text: string, count = 6): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return [...new Set(lines)].slice(-count).join('\n');
}

async function collectOutput(
  stream: AsyncIterable<Uint8Array>,
  { onOutput, maxOutputBytes = DEFAULT_MAX_OUTPUT, file }: RunOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of stream) {
    total += chunk.length;
    if (total > maxOutputBytes) {
      throw new PlayheadError({
        code: 'ffmpeg-failed',
        message: `The file holds more than can be read at once (${Math.round(maxOutputBytes / 2 ** 20)} MiB).`,
        hint: 'Try a shorter stretch.',
        ...(file === undefined ? {} : { file }),
      });
    }
    if (onOutput === undefined) chunks.push(chunk);
    else await onOutput(chunk);
  }
  const joined = new Uint8Array(onOutput === undefined ? total : 0);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

function cannotStart(binary: string, result: { message?: string }): PlayheadError {
  return new PlayheadError({
    code: 'ffmpeg-missing',
    message: `${binary} could not be started.`,
    hint: 'Reinstall Playhead, or install ffmpeg.',
    cause: result.message ?? 'no reason given',
  });
}

function toolFailed(
  end: { exitCode?: number; signal?: string },
  stderr: string,
  file: { file?: string },
): PlayheadError {
  if (end.signal !== undefined) {
    return new PlayheadError({
      code: 'ffmpeg-failed',
      message: 'The ffmpeg in use crashed on this file.',
      hint: 'Install a newer ffmpeg, or convert the file to MP4 (H.264).',
      cause: `${CRASH}${end.signal}\n${lastLines(stderr)}`.trim(),
      ...file,
    });
  }
  const cause = lastLines(stderr) || `exit code ${end.exitCode ?? 'unknown'}`;
  if (/No space left on device|ENOSPC/.test(stderr)) {
    return diskFull('ffmpeg could not write', { cause });
  }
  return new PlayheadError({
    code: 'ffmpeg-failed',
    message: 'ffmpeg could not read the file.',
    hint: 'Check that the file plays in another player.',
    cause,
    ...file,
  });
}

/** True for an error that says more about the tool than about the file. */
export function isCrash(error: PlayheadError): boolean {
  return error.causeText?.startsWith(CRASH) === true;
}

/** The log as it is read: what went wrong behind the scenes, and when work began and ended. */
import type { ErrorInfo } from './errors.ts';

/** From the least to the most that one wants to know of. */
export const logLevels = ['info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogEntry {
  /** ISO 8601, UTC. */
  at: string;
  level: LogLevel;
  /** Which process of Playhead it happened in: "main", "modelHost", … */
  process: string;
  /** What happened, as one phrase. */
  message: string;
  /** Ids, counts, seconds, paths. Nothing that a person wrote. */
  details: Record<string, string | number | boolean | null>;
  error?: ErrorInfo;
  stack?: string;
}

/** "00:21:33  warn   main  a job failed (kind: index, seconds: 2.1): The file is empty. …" */
export function formatLogEntry({ at, level, process, message, details, error }: LogEntry): string {
  const facts = Object.entries(details).map(([name, value]) => `${name}: ${value}`);
  const what = facts.length > 0 ? `${message} (${facts.join(', ')})` : message;
  const why = error ? `: ${error.message}${error.file ? ` [${error.file}]` : ''}${causeOf(error)}` : '';
  return `${at.slice(0, 19).replace('T', ' ')}  ${level.padEnd(5)}  ${process}  ${what}${why}`;
}

function causeOf({ cause, message }: ErrorInfo): string {
  return cause && !message.includes(cause) ? ` (${cause})` : '';
}

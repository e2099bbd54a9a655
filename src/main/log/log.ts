/**
 * What goes wrong behind the scenes, and when work begins and ends. Of what is the person's an entry holds paths, and
 * nothing else: no question, no answer, no title. Each process says where its entries go (`sendLogTo`); until it does,
 * they go nowhere.
 */
import { type LogEntry, type LogLevel, toErrorInfo } from '../../contract/index.ts';

export type LogDetails = LogEntry['details'];
type Sink = (entry: LogEntry) => void;

let sink: Sink = () => {};
let processName = 'main';

/** From now on this process's entries go to `next`; gives the way back to where they went before. */
export function sendLogTo(next: Sink, name = processName): () => void {
  const [sinkBefore, nameBefore] = [sink, processName];
  sink = next;
  processName = name;
  return () => {
    sink = sinkBefore;
    processName = nameBefore;
  };
}

/** An entry of a helper process or thread takes this process's way. */
export function passOn(entry: LogEntry): void {
  sink(entry);
}

export const log = {
  info: (message: string, details: LogDetails = {}) => write('info', message, details),
  warn: (message: string, details: LogDetails = {}, thrown?: unknown) => write('warn', message, details, thrown),
  error: (message: string, details: LogDetails = {}, thrown?: unknown) => write('error', message, details, thrown),
};

/**
 * For a failure that costs the person nothing: `.catch(ignore('the old cache was not removed'))`.
 * @returns a handler that notes what happened and gives undefined
 */
export function ignore(what: string, details: LogDetails = {}): (thrown: unknown) => undefined {
  return (thrown) => {
    log.warn(what, details, thrown);
  };
}

function write(level: LogLevel, message: string, details: LogDetails, thrown?: unknown): void {
  const entry: LogEntry = { at: new Date().toISOString(), level, process: processName, message, details };
  if (thrown !== undefined) {
    entry.error = toErrorInfo(thrown);
    if (thrown instanceof Error && thrown.stack) entry.stack = thrown.stack;
  }
  sink(entry);
}

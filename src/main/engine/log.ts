/** The front of the log, for the shells. */
export { ignore } from '../log/log.ts';
export { logFolder, readLog } from '../log/logFile.ts';

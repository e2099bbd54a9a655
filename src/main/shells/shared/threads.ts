/**
 * The threads on which a process makes the system's calls: imported before anything asks for one. Drives that do not
 * answer hold two each (`ports/drives.ts`), and with Node's own four two such drives would hold the whole process.
 */
import { isDriveHolding, isDriveSilent } from '../../ports/drives.ts';

process.env.UV_THREADPOOL_SIZE ??= '16';

/** Milliseconds in which a drive that is only busy answers. */
const PATIENCE_MS = 2000;

/**
 * For the end of a program whose work is done and stored. Node joins its threads before it ends, whatever they wait for,
 * so that a drive which does not answer would hold the program open: then the system ends it. One that is just being
 * asked gets the time to answer, since a program that the system ended has no exit code of its own.
 */
export async function endIfHeld(): Promise<void> {
  if (await isDriveSilent(PATIENCE_MS)) process.kill(process.pid, 'SIGKILL');
}

/** Ends the program at once, whatever its threads wait for. */
export function endNow(exitCode: number): void {
  if (isDriveHolding()) process.kill(process.pid, 'SIGKILL');
  process.exit(exitCode);
}

import { mkdir } from 'node:fs/promises';
import { log, sendLogTo } from './log.ts';
import { logFolder, openLogFile } from './logFile.ts';

/**
 * From now on this process's log goes to the library's folder, with what the program ran on first.
 * @returns ends the log
 */
export async function keepLog(libraryFolder: string, version: string): Promise<() => Promise<void>> {
  const folder = logFolder(libraryFolder);
  await mkdir(folder, { recursive: true });
  const file = openLogFile(folder);
  const stop = sendLogTo(file.write);
  const { platform, arch, pid, versions } = process;
  log.info('Playhead opened', { version, platform, arch, pid, node: versions.node });
  return async () => {
    log.info('Playhead closed', { pid });
    stop();
    await file.close();
  };
}

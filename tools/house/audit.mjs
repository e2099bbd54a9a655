/**
 * `npm run audit`: asks the registry which of the packages that ship are known to be vulnerable. Ends with 1 for what is
 * grave. A registry that cannot be asked (a mirror, no network) is told, and is no failure; `--required` makes it one.
 */
import { spawnSync } from 'node:child_process';
import { projectFolder } from '../../scripts/lib/nodeBinary.mjs';
import { judgeAudit } from './judgeAudit.mjs';

const isWindows = process.platform === 'win32';
const { stdout } = spawnSync(isWindows ? 'npm.cmd' : 'npm', ['audit', '--omit=dev', '--json'], {
  cwd: projectFolder,
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
  timeout: 120_000,
  shell: isWindows,
});
const { isMade, isGrave, lines } = judgeAudit(stdout ?? '');
for (const line of lines) console.log(line);
process.exitCode = isGrave || (!isMade && process.argv.includes('--required')) ? 1 : 0;

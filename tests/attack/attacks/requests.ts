/** Raw requests and upgrades of any form, a hundred a case, against a server in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attack } from '../attack.ts';
import { seededRandom } from '../random.ts';
import { attackServer } from '../rawRequests.ts';

export const requests: Attack = {
  name: 'raw requests and upgrades, 100 a case',
  never: 'the server ends, or complains',
  cases: 100,
  run: (seed) => attackProgram(seed, join('..', '..', 'unit', 'server', 'programs', 'runServer.ts')),
  control: (seed) => attackProgram(seed, join('..', 'programs', 'carelessServer.ts')),
  controlCases: 5,
};

async function attackProgram(seed: number, program: string): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-requests-'));
  const server = spawn(process.execPath, [join(import.meta.dirname, program), folder], { stdio: 'pipe' });
  let complaints = '';
  server.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  try {
    const [line] = await once(server.stdout, 'data');
    const { origin, port } = new URL(JSON.parse(String(line)).address);
    await attackServer(seededRandom(seed), Number(port), 100);
    const status = await fetch(origin).then((response) => response.status, String);
    return status === 200 && isRunning(server) && complaints === '' ? null : `${status} ${complaints.slice(0, 200)}`;
  } finally {
    server.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

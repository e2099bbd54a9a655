/** The whole program, as a person uses it, watched from outside by the kernel's own eyes. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';

const terminal = join(import.meta.dirname, '../../../src/main/shells/terminal/index.ts');
const clip = join(import.meta.dirname, '../../../resources/samples/bells-and-beeps.mp4');

function canTrace(): boolean {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('strace does not run here: no proof that nothing is connected to');
    return false;
  }
}

/** The addresses of calls that reach for another machine. */
function outward(trace: string): string[] {
  const calls = trace.split('\n').filter((line) => /\b(connect|sendto|sendmsg)\(.*AF_INET/.test(line));
  return calls.filter((line) => !/inet_addr\("127\.|inet_pton\(AF_INET6, "::1"/.test(line));
}

async function watched(folder: string, args: string[]): Promise<string[]> {
  const strace = ['--seccomp-bpf', '-f', '-ff', '-e', 'trace=connect,sendto,sendmsg', '-o', join(folder, 'trace')];
  await execa('strace', [...strace, process.execPath, ...args]);
  const files = (await readdir(folder)).filter((name) => name.startsWith('trace.'));
  const traces = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  expect(files.length).toBeGreaterThan(0);
  return outward(traces.join('\n'));
}

async function traceFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-trace-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const traces = canTrace();

test.skipIf(!traces)(
  'while a clip is indexed, searched and asked about, no process reaches for another machine',
  async () => {
    const folder = await traceFolder();
    const library = ['--library', join(folder, 'library')];
    const steps = [
      ['index', clip],
      ['search', 'bells'],
      ['ask', clip, 'What happens in the video?', '--end', '4'],
    ];
    for (const step of steps) expect(await watched(folder, [terminal, ...step, ...library])).toEqual([]);
  },
  600_000,
);

test.skipIf(!traces)('a connection outward would be seen', async () => {
  const script = "require('node:net').connect(9, '192.0.2.1').on('error', () => {}); setTimeout(process.exit, 200)";
  expect(await watched(await traceFolder(), ['-e', script])).toHaveLength(1);
});

/**
 * Seconds per stage of indexing one 60 s clip of 640 × 360, the peak of memory of every process, and the size
 * of the install: `node bench/indexClip.ts [video file]`.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import type { Job } from '../src/contract/index.ts';
import type { HostName } from '../src/main/channel/hostProcess.ts';
import { createEngine } from '../src/main/engine/createEngine.ts';
import { locateTools } from '../src/main/media/locateFfmpeg.ts';
import { forkHost } from '../src/main/shells/shared/forkHost.ts';

const root = resolve(import.meta.dirname, '..');
const folder = await mkdtemp(join(tmpdir(), 'playhead-bench-'));
const pids = new Map<string, number>([['engine', process.pid]]);
const peaks = new Map<string, number>();

try {
  const file = process.argv[2] ? resolve(process.argv[2]) : await makeClip();
  const watch = setInterval(() => void notePeaks(), 250);
  const job = await indexOne(file);
  await notePeaks();
  clearInterval(watch);
  print(job);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Six scenes of ten seconds with sound: a picture that has edges, a title, and hard cuts. */
async function makeClip(): Promise<string> {
  const { ffmpeg } = await locateTools();
  const file = join(folder, 'sixty-seconds.mp4');
  const sources = ['testsrc', 'testsrc2', 'mandelbrot', 'smptebars', 'rgbtestsrc', 'cellauto'];
  const inputs = sources.flatMap((name) => ['-f', 'lavfi', '-t', '10', '-i', `${name}=size=640x360:rate=25`]);
  const scaled = sources.map((_, i) => `[${i}:v]format=yuv420p,setsar=1[v${i}]`).join(';');
  const joined = `${sources.map((_, i) => `[v${i}]`).join('')}concat=n=${sources.length}[v]`;
  await execa(ffmpeg.path ?? 'ffmpeg', [
    ...['-v', 'error', '-y', ...inputs, '-f', 'lavfi', '-t', '60', '-i', 'sine=frequency=440'],
    ...['-filter_complex', `${scaled};${joined}`, '-map', '[v]', '-map', `${sources.length}:a`],
    ...['-c:v', 'libx264', '-c:a', 'aac', file],
  ]);
  return file;
}

async function indexOne(file: string): Promise<Job> {
  const engine = await createEngine({
    version: 'bench',
    libraryFolder: join(folder, 'library'),
    resourcesFolder: join(root, 'resources'),
    spawnHost: (name: HostName) => {
      const host = forkHost(name);
      if (host.pid) pids.set(name, host.pid);
      return host;
    },
  });
  let last: Job | null = null;
  engine.onEvent((event) => {
    if (event.type === 'job' && event.job.kind === 'index') last = event.job;
  });
  await engine.api.addToLibrary({ paths: [file] });
  await engine.whenIdle();
  await notePeaks();
  await engine.close();
  if (!last) throw new Error('the file was not indexed');
  return last;
}

/** Linux tells a process's highest resident size; elsewhere the column stays empty. */
async function notePeaks(): Promise<void> {
  for (const [name, pid] of pids) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
    peaks.set(name, Math.max(peaks.get(name) ?? 0, kilobytes / 1024));
  }
}

function print(job: Job): void {
  const seconds = (new Date(job.updatedAt).getTime() - new Date(job.createdAt).getTime()) / 1000;
  console.log(`${job.title}: ${job.state}, ${job.result?.segments ?? 0} segments, ${seconds.toFixed(1)} s in all`);
  for (const { stage, seconds } of job.result?.timings ?? [])
    console.log(`  ${stage.padEnd(28)} ${seconds.toFixed(2)} s`);
  for (const [name, megabytes] of peaks) console.log(`  peak memory, ${name.padEnd(15)} ${megabytes.toFixed(0)} MiB`);
}

/**
 * How fast a folder is looked through: files per second by name alone, and opened (probed and recognised).
 *
 *   node bench/scanFolder.ts [names] [clips]      (default: 10000 40)
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { identify } from '../src/main/engine/identity.ts';
import { FILES_AT_ONCE } from '../src/main/engine/jobs/probeJob.ts';
import { MediaWalk } from '../src/main/engine/scan/walkMedia.ts';
import { requireTool } from '../src/main/media/locateFfmpeg.ts';
import { openMedia } from '../src/main/media/openMedia.ts';

const FILES_PER_FOLDER = 100;
const [names = 10_000, clips = 40] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'playhead-bench-'));
const nothingKnown = { knownFilesLike: async () => [] };

try {
  const root = makeNames();
  await report('by name alone', names, async () => {
    let found = 0;
    for await (const _ of new MediaWalk([root]).files()) found++;
    if (found !== names) throw new Error(`${found} of ${names} files were found`);
  });
  const paths = await makeClips();
  await openMedia(paths[0] as string); // finds ffmpeg
  await report('opened', clips, async () => {
    const open = async (path: string) => identify(nothingKnown, path, (await openMedia(path)).facts);
    const pool = new PQueue({ concurrency: FILES_AT_ONCE });
    await Promise.all(paths.slice(1).map((path) => pool.add(() => open(path))));
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function makeNames(): string {
  const root = join(folder, 'names');
  for (let i = 0; i < names; i++) {
    const inside = join(root, `${Math.floor(i / FILES_PER_FOLDER)}`);
    if (i % FILES_PER_FOLDER === 0) mkdirSync(inside, { recursive: true });
    writeFileSync(join(inside, `clip ${i}.mp4`), '');
  }
  return root;
}

/** One more than is measured: each its own file to ffprobe, of one second with sound. */
async function makeClips(): Promise<string[]> {
  const { path: ffmpeg } = await requireTool('ffmpeg');
  const paths = Array.from({ length: clips + 1 }, (_, i) => join(folder, `clip ${i}.mp4`));
  const inputs = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=1', '-f', 'lavfi', '-i', 'sine=d=1'];
  execFileSync(ffmpeg, ['-v', 'error', ...inputs, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', paths[0] as string]);
  for (const path of paths.slice(1)) copyFileSync(paths[0] as string, path);
  return paths;
}

async function report(what: string, count: number, work: () => Promise<void>): Promise<void> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const busy = ((user + system) / 1000 / count).toFixed(2);
  console.log(
    `${what.padEnd(14)} ${(count / seconds).toFixed(1).padStart(8)} files/s, ${busy} ms of this process each`,
  );
}

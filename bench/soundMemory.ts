/**
 * What measuring the loudness of long sound takes of memory, each length in a process of its own:
 *
 *   node bench/soundMemory.ts [hours…]      (default: 1 6)
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { locateTools } from '../src/main/media/locateFfmpeg.ts';
import { openSource } from '../src/main/media/openSource.ts';
import { measureSoundLevels } from '../src/main/media/soundLevels.ts';
import { tableHead, tableRow } from './report.ts';

const MIB = 2 ** 20;
/** Milliseconds between two looks at the memory. */
const LOOK_MS = 10;

if (process.argv[2] === '--file') await measureHere(process.argv[3] as string);
else await measureEach(process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 6]);

async function measureEach(hours: readonly number[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-bench-'));
  const { ffmpeg } = await locateTools();
  try {
    console.log(tableHead);
    for (const count of hours) {
      const file = join(folder, `${count}h.wav`);
      const tone = ['-f', 'lavfi', '-i', `sine=440:d=${count * 3600}:r=8000`, '-c:a', 'pcm_u8'];
      await execa(ffmpeg.path ?? 'ffmpeg', ['-v', 'error', ...tone, file]);
      const { stdout } = await execa(process.execPath, [import.meta.filename, '--file', file]);
      console.log(
        tableRow({ what: `memory that ${count} h of sound add at most`, value: Number(stdout), unit: 'MiB' }),
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Prints by how many MiB the process grew at most. */
async function measureHere(file: string): Promise<void> {
  const source = await openSource(file);
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, LOOK_MS);
  await measureSoundLevels(source);
  clearInterval(timer);
  console.log((Math.max(most, process.memoryUsage.rss()) - before) / MIB);
}

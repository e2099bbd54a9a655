/** Small clips of the sample model's world, each with a content of its own, so that none is taken for a bundled sample. */
import { rmSync } from 'node:fs';
import { mkdtemp, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ffmpeg } from '../../support/media.ts';

const samples = join(import.meta.dirname, '..', '..', '..', 'resources', 'samples');
const names = [
  'red-circle-and-bell',
  'blue-moon-appears',
  'two-shapes-in-turn',
  'orange-ring-bounces',
  'knock-knock',
  'white-moon-sinks',
];

let made: Promise<string[]> | null = null;

/** Absolute paths; made once, and removed when this process ends. */
export function smallClips(): Promise<string[]> {
  made ??= makeClips();
  return made;
}

async function makeClips(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-clips-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const files = names.map((name) => join(folder, `own ${name}.mp4`));
  for (const [index, file] of files.entries()) {
    await ffmpeg('-i', join(samples, `${names[index]}.mp4`), '-c', 'copy', '-metadata', `title=clip ${index}`, file);
    // A file that has just been written may still be growing, and would be waited for.
    const earlier = new Date(Date.now() - 60_000);
    await utimes(file, earlier, earlier);
  }
  return files;
}

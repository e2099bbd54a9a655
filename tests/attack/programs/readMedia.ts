/**
 * Reads files as an index job does: `readMedia.ts <folder for pictures> [careless]` takes a path a line on stdin and
 * answers each with a line of JSON, what went wrong and what the process holds by then; an empty line asks only that. `careless` leaves things behind.
 */
import { spawn } from 'node:child_process';
import { openSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PlayheadError } from '../../../src/contract/index.ts';
import { openMedia } from '../../../src/main/media/openMedia.ts';

const [pictures = '', mode] = process.argv.slice(2);

for await (const file of createInterface({ input: process.stdin })) {
  if (mode === 'careless') leaveThingsBehind();
  const wrong = file === '' ? null : await readAll(file);
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 50)); // what is being closed
  const handles = readdirSync('/proc/self/fd').length;
  const temporary = readdirSync(tmpdir()).length;
  console.log(JSON.stringify({ wrong, handles, temporary, bytes: process.memoryUsage().rss }));
}
process.exit(0);

/** Null when each step worked or failed in words. */
async function readAll(path: string): Promise<string | null> {
  const isHeard = async (work: () => Promise<unknown>) => {
    try {
      await work();
      return null;
    } catch (thrown) {
      const isInWords = thrown instanceof PlayheadError && thrown.code !== 'internal' && thrown.message !== '';
      return isInWords ? null : `${(thrown as Error)?.stack ?? thrown}`.slice(0, 600);
    }
  };
  return isHeard(async () => {
    const media = await openMedia(path);
    const { durationSec } = media.facts;
    const steps: (() => Promise<unknown>)[] = [
      () => media.subtitles(),
      () => media.scenes(),
      () => media.thumbnails([{ outFile: join(pictures, 'picture.jpg') }]),
      () => media.framesAt([0, durationSec / 2]),
      () => media.sound({ channel: 'mix', segment: { startSec: 0, endSec: Math.min(30, durationSec) } }),
    ];
    for (const step of steps) {
      const wrong = await isHeard(step);
      if (wrong) throw new Error(wrong);
    }
  });
}

function leaveThingsBehind(): void {
  spawn('sleep', ['600'], { stdio: 'ignore' }).unref();
  openSync(process.execPath, 'r');
  writeFileSync(join(tmpdir(), `left-${Math.random()}`), '');
}

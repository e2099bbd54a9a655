/** Small files of every sort, good and bad, made by ffmpeg. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { locateTools } from '../../src/main/media/locateFfmpeg.ts';

const run = promisify(execFile);

export async function ffmpeg(...args: string[]): Promise<void> {
  const { ffmpeg: tool } = await locateTools();
  await run(tool.path ?? 'ffmpeg', ['-v', 'error', '-y', ...args]);
}

const picture = (seconds: number) => ['-f', 'lavfi', '-i', `testsrc=size=160x120:rate=10:duration=${seconds}`];
const sound = (seconds: number) => ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`];
const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-movflags', '+faststart'];

export interface TestFiles {
  good: string[];
  bad: string[];
}

/** File names only; all of them stand in `folder`. */
export async function makeEverySort(folder: string): Promise<TestFiles> {
  await mkdir(folder, { recursive: true });
  const at = (name: string) => join(folder, name);
  await ffmpeg(...picture(3), ...sound(3), ...h264, '-c:a', 'aac', at('holiday 🏖️ with spaces.mp4'));
  await ffmpeg(...picture(2), ...h264, at('without sound.mp4'));
  await ffmpeg(...sound(2), at('only sound.wav'));
  await ffmpeg(...picture(1), '-frames:v', '1', at('a picture.png'));
  await ffmpeg(...picture(0.2), ...h264, at('two frames.mp4'));
  await writeFile(at('nothing.mp4'), '');
  await writeFile(at('a letter.mp4'), 'Dear reader, this is not a video.\n'.repeat(50));
  await ffmpeg(...picture(3), '-c:v', 'libx264', '-pix_fmt', 'yuv420p', at('whole.mp4'));
  const whole = await readFile(at('whole.mp4'));
  // Without faststart the index stands at the end: half a file has none.
  await writeFile(at('cut off.mp4'), whole.subarray(0, whole.length / 2));
  // With the index in front, the beginning of a cut file can still be used: it is indexed, with a notice.
  const film = await readFile(at('holiday 🏖️ with spaces.mp4'));
  await writeFile(at('half a film.mp4'), film.subarray(0, Math.floor(film.length * 0.6)));
  return {
    good: [
      'half a film.mp4',
      'holiday 🏖️ with spaces.mp4',
      'without sound.mp4',
      'only sound.wav',
      'a picture.png',
      'two frames.mp4',
      'whole.mp4',
    ],
    bad: ['nothing.mp4', 'a letter.mp4', 'cut off.mp4'],
  };
}

/** A folder that nobody may look into; as root everyone may, so there it stays readable. */
export async function makeLockedFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o000);
}

/** Sound of one pitch as a WAV file (8 kHz, 16 bits, one channel), written without any program. */
export async function writeTone(path: string, hz: number, seconds = 1): Promise<void> {
  const rate = 8000;
  const data = Buffer.alloc(2 * rate * seconds);
  for (let i = 0; i < data.length / 2; i++)
    data.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hz * i) / rate)), 2 * i);
  const header = Buffer.alloc(44);
  header.write('RIFF');
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(2 * rate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  await writeFile(path, Buffer.concat([header, data]));
}

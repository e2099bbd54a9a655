/** Many small files, in folders of a thousand. */
import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const FILES_PER_FOLDER = 1000;
/** So that nothing takes a file for one that is still being written. */
export const LONG_AGO = new Date(Date.now() - 3_600_000);

/** The file of this number; each has a time of its own. */
export function writeAt(root: string, number: number, ending: string, content: Buffer): void {
  const folder = join(root, `${Math.floor(number / FILES_PER_FOLDER)}`);
  if (number % FILES_PER_FOLDER === 0) mkdirSync(folder, { recursive: true });
  const path = join(folder, `clip ${number}.${ending}`);
  writeFileSync(path, content);
  const time = new Date(LONG_AGO.getTime() + number);
  utimesSync(path, time, time);
  if (number === 0 && !statSync(path).isFile()) throw new Error('no files can be made');
}

/** A WAV file of a tenth of a second (8 kHz, 16 bits). */
export function tone(hz: number): Buffer {
  const samples = 800;
  const file = Buffer.alloc(44 + 2 * samples);
  file.write('RIFF');
  file.writeUInt32LE(36 + 2 * samples, 4);
  file.write('WAVEfmt ', 8);
  for (const [at, value] of [
    [16, 16],
    [24, 8000],
    [28, 16_000],
    [40, 2 * samples],
  ] as const)
    file.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    file.writeUInt16LE(value, at);
  file.write('data', 36);
  file.writeUInt32LE(hz, 44); // no two are alike
  for (let i = 2; i < samples; i++)
    file.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hz * i) / 8000)), 44 + 2 * i);
  return file;
}

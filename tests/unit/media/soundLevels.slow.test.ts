/** How loud a file is over time, and what measuring it takes. */
import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLoudnessMeter } from '../../../src/main/media/loudnessMeter.ts';
import { temporaryFolder } from './makeMedia.ts';

const run = promisify(execFile);
const folder = temporaryFolder();
const program = path.join(import.meta.dirname, 'programs', 'measureLevels.ts');

/** Hz, and bytes per second: one byte a sample. */
const RATE = 4000;

/** A WAV of silence that takes no room on the disk: all behind its header is a hole. */
async function writeSilence(file: string, seconds: number): Promise<void> {
  const bytes = seconds * RATE;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // channels
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE, 28);
  header.writeUInt16LE(1, 32); // bytes per sample
  header.writeUInt16LE(8, 34); // bits per sample
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  const handle = await open(file, 'w');
  try {
    await handle.write(header);
    await handle.truncate(header.length + bytes);
  } finally {
    await handle.close();
  }
}

it('the loudness of twelve hours is measured within a heap of 40 MiB, and is held in four bytes per window', async () => {
  const file = path.join(folder, 'twelve-hours.wav');
  await writeSilence(file, 12 * 3600);
  const { stdout } = await run(process.execPath, ['--max-old-space-size=40', program, file]);
  const windows = 12 * 3600 * 100;
  expect(JSON.parse(stdout)).toEqual({ windows, bytes: 4 * windows });
});

it('the loudness is the same wherever the sound is cut into pieces, and however many windows were expected', () => {
  const samples = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { maxLength: 400 });
  const lengths = fc.array(fc.nat({ max: 37 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(samples, lengths, fc.nat({ max: 50 }), (sound, pieces, expected) => {
      const bytes = new Uint8Array(Float32Array.from(sound).buffer);
      const meter = createLoudnessMeter(7, expected);
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const length = (pieces[i % pieces.length] as number) + (i % pieces.length === 0 ? 1 : 0);
        meter.push(bytes.subarray(at, at + length));
        at += length;
      }
      const energies = meter.end();
      const plain = Array.from({ length: Math.ceil(sound.length / 7) }, (_, i) =>
        meanSquare(sound.slice(i * 7, i * 7 + 7)),
      );
      expect(energies).toEqual(Float32Array.from(plain));
    }),
  );
});

it('more windows than were expected, and than there was room for, are all kept', () => {
  const meter = createLoudnessMeter(1, 0);
  const sound = Float32Array.from({ length: 10_000 }, (_, i) => (i % 100) / 100);
  meter.push(new Uint8Array(sound.buffer));
  expect(meter.end()).toEqual(sound.map((sample) => sample * sample));
});

function meanSquare(samples: readonly number[]): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}

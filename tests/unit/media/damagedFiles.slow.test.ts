/** Bytes are changed at random (with fixed seeds): whatever a file holds, the answer is a result or a named error. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PlayheadError } from '../../../src/contract/index.ts';
import { findTruncation } from '../../../src/main/media/findTruncation.ts';
import type { Container } from '../../../src/main/media/sniffContainer.ts';
import { sniffContainer } from '../../../src/main/media/sniffContainer.ts';
import { make, temporaryFolder } from './makeMedia.ts';
import { factsOf, sampledFrames, soundOf } from './openedMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The same bytes with `changes` of them replaced, half of these near the start, where the headers stand. */
function damage(bytes: Uint8Array, changes: number, seed: number): Uint8Array {
  const random = randomNumbers(seed);
  const damaged = bytes.slice();
  for (let i = 0; i < changes; i++) {
    const reach = i % 2 === 0 ? Math.min(2000, bytes.length) : bytes.length;
    damaged[Math.floor(random() * reach)] = Math.floor(random() * 256);
  }
  return damaged;
}

async function resultOrError(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'read';
  } catch (error) {
    if (!(error instanceof PlayheadError)) throw error;
    expect(error.message).not.toBe('');
    return error.code;
  }
}

describe('damaged files', () => {
  it.each(['mp4', 'mkv', 'wav'])('end in a result or a named error (%s)', { timeout: 300_000 }, async (extension) => {
    const whole = at(`whole.${extension}`);
    const video = '-f lavfi -i testsrc2=s=64x48:r=25:d=1 -f lavfi -i sine=d=1 -c:v libx264 -movflags +faststart';
    await make(extension === 'wav' ? `-f lavfi -i sine=d=1 ${whole}` : `${video} ${whole}`);
    const bytes = readFileSync(whole);
    const allowed = ['read', 'file-damaged', 'file-not-media', 'no-audio', 'no-video', 'ffmpeg-failed', 'time-limit'];
    for (let seed = 1; seed <= 4; seed++) {
      const file = at(`${seed}.${extension}`);
      writeFileSync(file, damage(bytes, 4 * seed, seed));
      expect(allowed).toContain(await resultOrError(factsOf(file)));
      expect(allowed).toContain(await resultOrError(sampledFrames(file, { numFrames: 4 })));
      expect(allowed).toContain(await resultOrError(soundOf(file, { channel: 'mix' })));
    }
  });

  it('never confuse the readers of first bytes and sizes', async () => {
    const random = randomNumbers(7);
    const heads = ['\0\0\0\x18ftypisom', '\x1aE\xdf\xa3', 'RIFF\xff\0\0\0WAVE', 'ID3', '\0\0\0\x01mdat', ''];
    for (let i = 0; i < 300; i++) {
      const noise = Uint8Array.from({ length: Math.floor(random() * 300) }, () => random() * 256);
      const bytes = Buffer.concat([Buffer.from(heads[i % heads.length] as string, 'latin1'), noise]);
      const container = sniffContainer(bytes);
      writeFileSync(at('noise'), bytes);
      const kinds: (Container | null)[] = [container, 'mp4', 'riff', 'matroska'];
      for (const kind of kinds) {
        const truncation = await findTruncation(at('noise'), bytes.length, kind);
        if (truncation !== null) expect(truncation.expectedBytes).toBeGreaterThan(bytes.length);
      }
    }
  });
});

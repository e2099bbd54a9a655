/** The first picture of an animated WebP, which ffmpeg cannot read (RFC 9649). */

import { stat } from 'node:fs/promises';
import { readRegularPart } from '../../ports/regularFile.ts';
import type { PixelSize } from '../videoFilters.ts';

/** Bytes in front of the first picture: the frame's place, size, duration and flags. */
const FRAME_HEADER = 16;
/** Bytes; colour profiles stand before the first picture. */
const FURTHEST = 16 * 2 ** 20;

/** @returns a WebP of that picture alone, without its opacity; null when the file is no animation */
export async function stillOfWebp(file: string): Promise<{ bytes: Uint8Array; size: PixelSize } | null> {
  const { size: fileBytes } = await stat(file);
  const buffer = await readRegularPart(file, 0, Math.min(fileBytes, FURTHEST));
  const frame = chunks(buffer, 12, buffer.length).find(({ name }) => name === 'ANMF');
  if (frame === undefined) return null;
  const picture = chunks(buffer, frame.from + FRAME_HEADER, frame.end).find(({ name }) => name.startsWith('VP8'));
  if (picture === undefined) return null;
  const size = { width: buffer.readUIntLE(frame.from + 6, 3) + 1, height: buffer.readUIntLE(frame.from + 9, 3) + 1 };
  return { bytes: asWebp(buffer.subarray(picture.from - 8, picture.end)), size };
}

interface Chunk {
  name: string;
  /** Where its content begins and ends. */
  from: number;
  end: number;
}

/** Four letters, four bytes of size, the content, and a byte more where its size is odd. */
function chunks(bytes: Buffer, start: number, stop: number): Chunk[] {
  const found: Chunk[] = [];
  for (let at = start; at + 8 <= stop; ) {
    const size = bytes.readUInt32LE(at + 4);
    const end = Math.min(stop, at + 8 + size);
    found.push({ name: bytes.toString('latin1', at, at + 4), from: at + 8, end });
    at += 8 + size + (size % 2);
  }
  return found;
}

function asWebp(chunk: Buffer): Uint8Array {
  const padding = Buffer.alloc(chunk.length % 2);
  const head = Buffer.from('RIFF____WEBP', 'latin1');
  head.writeUInt32LE(4 + chunk.length + padding.length, 4);
  return Buffer.concat([head, chunk, padding]);
}

/** Does a file end before its own headers say it should? A broken-off download or copy is told from a whole file. */
import type { FileHandle } from 'node:fs/promises';
import { withRegularFile } from '../ports/regularFile.ts';
import type { Container } from './sniffContainer.ts';

export interface Truncation {
  /** Bytes that the headers announce, at least. */
  expectedBytes: number;
  /** MP4 only: the table of contents is lost with the end, so nothing can be played. */
  indexIsMissing: boolean;
}

/** @returns null for a whole file, and for formats whose headers do not tell */
export function findTruncation(
  file: string,
  sizeBytes: number,
  container: Container | null,
  signal?: AbortSignal,
): Promise<Truncation | null> {
  return withRegularFile(
    file,
    async (handle) => {
      if (container === 'mp4') return findMp4Truncation(handle, sizeBytes);
      if (container === 'riff') return findRiffTruncation(handle, sizeBytes);
      if (container === 'matroska') return findMatroskaTruncation(handle, sizeBytes);
      return null;
    },
    { signal },
  );
}

/** Walks the top-level boxes: 4 bytes size, 4 bytes name, or size 1 and 8 bytes size (ISO/IEC 14496-12). */
async function findMp4Truncation(handle: FileHandle, sizeBytes: number): Promise<Truncation | null> {
  let position = 0;
  let hasIndex = false;
  for (let boxes = 0; boxes < 100_000 && position + 8 <= sizeBytes; boxes++) {
    const head = await readAt(handle, position, 16);
    const name = head.toString('latin1', 4, 8);
    let size = head.readUInt32BE(0);
    if (size === 1 && head.length >= 16) size = Number(head.readBigUInt64BE(8));
    if (size === 0) size = sizeBytes - position; // "to the end of the file"
    if (size < 8) return null; // not boxes any more: ffmpeg will judge
    const end = position + size;
    if (end > sizeBytes) return { expectedBytes: end, indexIsMissing: !hasIndex };
    hasIndex ||= name === 'moov' || name === 'moof';
    position = end;
  }
  return null;
}

/** "RIFF", then the size of the rest (WAV, AVI); live recorders leave 0 or all ones. */
async function findRiffTruncation(handle: FileHandle, sizeBytes: number): Promise<Truncation | null> {
  const head = await readAt(handle, 0, 8);
  const declared = head.readUInt32LE(4);
  const isUnknown = head.toString('latin1', 0, 4) === 'RF64' || declared === 0 || declared >= 0xffffff00;
  const expectedBytes = declared + 8;
  return isUnknown || expectedBytes <= sizeBytes ? null : { expectedBytes, indexIsMissing: false };
}

/** The EBML header, then one Segment element with its size, all ones where it was not known (RFC 8794). */
async function findMatroskaTruncation(handle: FileHandle, sizeBytes: number): Promise<Truncation | null> {
  const head = await readAt(handle, 0, 256);
  const ebml = readElementSize(head, 4);
  const segmentAt = ebml === null ? -1 : ebml.end + ebml.size;
  if (segmentAt < 0 || segmentAt + 12 > head.length || head.readUInt32BE(segmentAt) !== 0x18538067) return null;
  const segment = readElementSize(head, segmentAt + 4);
  if (segment === null) return null;
  const expectedBytes = segment.end + segment.size;
  return expectedBytes <= sizeBytes ? null : { expectedBytes, indexIsMissing: false };
}

/** A variable-length integer: leading zero bits tell its length. Null when the size is "unknown". */
function readElementSize(head: Buffer, at: number): { size: number; end: number } | null {
  const length = Math.clz32(head[at] ?? 0) - 23; // 1 to 8 bytes
  if (length > 8 || at + length > head.length) return null;
  let size = (head[at] as number) & (0xff >> length);
  let isUnknown = size === 0xff >> length;
  for (let i = 1; i < length; i++) {
    size = size * 256 + (head[at + i] as number);
    isUnknown &&= head[at + i] === 0xff;
  }
  return isUnknown ? null : { size, end: at + length };
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, Math.max(bytesRead, 8));
}

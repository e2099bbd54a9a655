/**
 * The filled positions of a KV cache as a file, so that a clip that was read once need not be read again after a
 * restart: "PHKV", the header's length (u32), the header (JSON), then per layer every part of the cache up to its
 * length, little-endian.
 */
import { open, readFile, rename, rm } from 'node:fs/promises';
import { ignore } from '../../log/log.ts';
import { type CacheValues, createKvCache, ensureCapacity, filledRows, type KvCache, type KvShape } from './kvCache.ts';

const MAGIC = 0x564b4850; // "PHKV", little-endian
const PREAMBLE = 8; // bytes

interface Header {
  shape: KvShape;
  length: number;
  /** The caller's own: read back as it was. */
  about: unknown;
}

/** The first `length` positions of a cache. */
interface FilledCache extends Header {
  cache: KvCache;
}

/** The file is there whole or not at all. */
export async function writeKvCacheFile(file: string, { cache, shape, length, about }: FilledCache): Promise<void> {
  const rows = cacheRows(cache, shape, length); // before the first wait: the cache may grow meanwhile
  const header = Buffer.from(JSON.stringify({ shape, length, about } satisfies Header));
  const preamble = Buffer.alloc(PREAMBLE);
  preamble.writeUInt32LE(MAGIC, 0);
  preamble.writeUInt32LE(header.length, 4);
  const partial = `${file}.${process.pid}.partial`;
  const handle = await open(partial, 'w');
  try {
    await handle.write(Buffer.concat([preamble, header]));
    for (const row of rows) await handle.write(new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
    await handle.close();
    await rename(partial, file);
  } catch (error) {
    await handle.close().catch(ignore('a half-written clip was not closed', { file: partial }));
    await rm(partial, { force: true });
    throw error;
  }
}

/** @returns null for a file that is missing, damaged, or of another model's shape */
export async function readKvCacheFile(
  file: string,
  shape: KvShape,
): Promise<{ cache: KvCache; about: unknown } | null> {
  const bytes = await readFile(file).catch(() => null);
  const header = bytes && readHeader(bytes);
  if (!bytes || !header || JSON.stringify(header.shape) !== JSON.stringify(shape)) return null;
  const headerEnd = PREAMBLE + bytes.readUInt32LE(4);
  const cache = createKvCache(shape);
  ensureCapacity(cache, shape, header.length);
  const rows = cacheRows(cache, shape, header.length);
  if (bytes.length !== headerEnd + rows.reduce((sum, row) => sum + row.byteLength, 0)) return null;
  let at = headerEnd;
  for (const row of rows) {
    new Uint8Array(row.buffer, row.byteOffset, row.byteLength).set(bytes.subarray(at, at + row.byteLength));
    at += row.byteLength;
  }
  cache.length = header.length;
  return { cache, about: header.about };
}

function readHeader(bytes: Buffer): Header | null {
  if (bytes.length < PREAMBLE || bytes.readUInt32LE(0) !== MAGIC) return null;
  try {
    const header = JSON.parse(bytes.toString('utf8', PREAMBLE, PREAMBLE + bytes.readUInt32LE(4))) as Header;
    return Number.isInteger(header.length) && header.length > 0 ? header : null;
  } catch {
    return null;
  }
}

/** Views of the filled positions of every layer and part, in the order of the shape. */
function cacheRows(cache: KvCache, { parts }: KvShape, length: number): CacheValues[] {
  return cache.layers.flatMap((layer) =>
    parts.flatMap((part) => filledRows(layer[part.name] as CacheValues, part, cache.capacity, length)),
  );
}

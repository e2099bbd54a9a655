/**
 * A file as an HTTP response with ranges, for the browser's server and for Electron's protocol alike:
 * a player seeks by asking for parts.
 */
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { parse } from 'range-parser';
import type { RouteTarget } from '../../engine/openRoute.ts';
import { askDrive } from '../../ports/drives.ts';
import { readPieces } from '../../ports/regularFile.ts';

export interface ByteRange {
  start: number;
  /** Inclusive, as in HTTP. */
  end: number;
}

/** 200 with everything, 206 with a part, 404 when the file is away, 416 when the part lies outside it. */
export async function serveFile(target: RouteTarget, rangeHeader: string | null): Promise<Response> {
  const info = await askDrive(target.path, () => stat(target.path)).catch(() => null);
  if (!info?.isFile()) return new Response('This file is not there (any more).', { status: 404 });
  const headers = new Headers({
    'content-type': target.contentType,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'last-modified': info.mtime.toUTCString(),
  });
  const range = parseRange(rangeHeader, info.size);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${info.size}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range ?? { start: 0, end: info.size - 1 };
  headers.set('content-length', String(end - start + 1));
  if (range) headers.set('content-range', `bytes ${start}-${end}/${info.size}`);
  const body = info.size === 0 ? null : streamOf(target.path, start, end);
  return new Response(body, { status: range ? 206 : 200, headers });
}

/** The one range of a Range header; null when there is none or it is of a kind that is served whole. */
export function parseRange(header: string | null, size: number): ByteRange | 'unsatisfiable' | null {
  const { code, type, ranges } = parse(size, header?.trim() ?? '');
  if (type !== 'bytes' || (code & isMalformed) !== 0 || ranges.length > 1) return null;
  return ranges[0] ?? 'unsatisfiable';
}

/** A bit of range-parser's code. */
const isMalformed = 1;

function streamOf(path: string, start: number, end: number): ReadableStream<Uint8Array> {
  return Readable.toWeb(
    Readable.from(readPieces(path, { start, end: end + 1 }), { objectMode: false }),
  ) as unknown as ReadableStream<Uint8Array>;
}

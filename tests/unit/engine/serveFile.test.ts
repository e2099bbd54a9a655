import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRange, serveFile } from '../../../src/main/shells/shared/serveFile.ts';

let folder: string;
let target: { path: string; contentType: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-serve-'));
  target = { path: join(folder, 'ten 🎬.bin'), contentType: 'video/mp4' };
  await writeFile(target.path, '0123456789');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a media file over HTTP', () => {
  it('comes whole when nothing else is asked', async () => {
    const response = await serveFile(target, null);
    expect(response.status).toBe(200);
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(await response.text()).toBe('0123456789');
  });

  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
  ])('gives the part %s', async (range, body, contentRange) => {
    const response = await serveFile(target, range);
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(contentRange);
    expect(await response.text()).toBe(body);
  });

  it('refuses a part that lies outside the file', async () => {
    const response = await serveFile(target, 'bytes=10-12');
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */10');
  });

  it.each(['items=0-3', 'bytes=', 'bytes=a-b', 'bytes=0-1,4-5', 'nonsense'])('comes whole for %j', async (range) => {
    const response = await serveFile(target, range);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('0123456789');
  });

  it('says that a file is gone', async () => {
    expect((await serveFile({ ...target, path: join(folder, 'gone') }, null)).status).toBe(404);
  });

  it('never names bytes beyond the file, whatever range is asked', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(50), fc.nat(60), fc.nat(60), (text, size, a, b) => {
        for (const header of [text, `bytes=${a}-${b}`, `bytes=${a}-`, `bytes=-${b}`]) {
          const range = parseRange(header, size);
          if (range === null || range === 'unsatisfiable') continue;
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeLessThan(size);
          expect(range.start).toBeLessThanOrEqual(range.end);
        }
      }),
    );
  });
});

/** Little media files for tests, made by ffmpeg in a temporary folder that goes away afterwards. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, vi } from 'vitest';
import { requireTool } from '../../../src/main/media/locateFfmpeg.ts';

// Encoding test files takes its time on a busy machine.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** A folder for one test file, removed when its tests have run. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'playhead-media-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the ffmpeg that Playhead found; `args` are parted by single spaces and end with the file to write. */
export async function make(args: string): Promise<void> {
  const { path: binary } = await requireTool('ffmpeg');
  execFileSync(binary, ['-v', 'error', '-y', '-nostdin', ...args.split(' ')]);
}

/** Every frame of a file as a plain full decode gives it: height * width * 3 bytes each. */
export async function decodeWhole(file: string, frameBytes: number): Promise<Uint8Array[]> {
  const { path: binary, modern } = await requireTool('ffmpeg');
  const passthrough = modern ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'];
  const args = ['-v', 'error', '-i', `file:${file}`, '-map', '0:v:0', ...passthrough];
  const all = execFileSync(binary, [...args, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'], { maxBuffer: 2 ** 30 });
  return Array.from({ length: all.length / frameBytes }, (_, i) => all.subarray(i * frameBytes, (i + 1) * frameBytes));
}

export function meanDifference(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] as number)), 0) / a.length;
}

/** The same tests with the ffmpeg that Playhead would choose, and with the old binaries of the npm packages. */
export function describeWithEachTool(title: string, tests: (isOld: boolean) => void): void {
  describe(`${title}, with the best ffmpeg there is`, () => tests(false));

  const old = packagedTools();
  describe.skipIf(old === null)(`${title}, with the old binaries of the npm packages`, () => {
    beforeEach(() => {
      vi.stubEnv('PLAYHEAD_FFMPEG', old?.ffmpeg);
      vi.stubEnv('PLAYHEAD_FFPROBE', old?.ffprobe);
    });
    afterEach(() => vi.unstubAllEnvs());
    tests(true);
  });
}

/** Null where there are none for this system. */
function packagedTools(): { ffmpeg: string; ffprobe: string } | null {
  const require = createRequire(import.meta.url);
  try {
    return { ffmpeg: require('@ffmpeg-installer/ffmpeg').path, ffprobe: require('@ffprobe-installer/ffprobe').path };
  } catch {
    return null;
  }
}

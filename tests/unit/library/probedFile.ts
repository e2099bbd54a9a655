import type { ProbedMedia } from '../../../src/main/ports/libraryApi.ts';

/** A probed file; its content is `content`, wherever it lies. */
export function probed(path: string, content = path): ProbedMedia {
  return {
    path,
    fileName: path.split('/').at(-1) as string,
    kind: 'video',
    durationSec: 60,
    width: 640,
    height: 360,
    fps: 29.97,
    hasAudio: true,
    videoCodec: 'h264',
    sizeBytes: 5_000_000_000,
    modifiedMs: 1_763_833_471_123.456,
    fingerprint: `sha256 of ${content}`,
    contentHash: `sha256 of all of ${content}`,
    gone: [],
    isSample: false,
  };
}

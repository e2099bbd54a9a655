import { basename, join, sep } from 'node:path';
import type { MediaItem } from '../../../contract/index.ts';
import type { MediaProbe } from '../media/mediaTypes.ts';
import { probeMedia } from '../media/probeMedia.ts';
import type { EngineContext } from './engineContext.ts';

export interface RegisteredFile {
  item: MediaItem;
  probe: MediaProbe;
  /** False when the same content is indexed already. */
  needsIndex: boolean;
}

/**
 * Probes a file and makes it known to the library, or finds it again there.
 * @throws PlayheadError when the file cannot be read as media
 */
export async function registerFile(engine: EngineContext, path: string): Promise<RegisteredFile> {
  const probe = await probeMedia(path);
  const { item, known } = await engine.library.registerMedia({
    path,
    fileName: basename(path),
    kind: probe.kind,
    durationSec: probe.durationSec,
    width: probe.width,
    height: probe.height,
    fps: probe.fps,
    hasAudio: probe.hasAudio,
    videoCodec: probe.videoCodec,
    sizeBytes: probe.sizeBytes,
    modifiedMs: probe.modifiedMs,
    fingerprint: probe.fingerprint,
    isSample: isSample(engine, path),
  });
  return { item, probe, needsIndex: known === 'changed' || item.state !== 'ready' };
}

/** One of the clips that come with Playhead. */
export function isSample(engine: EngineContext, path: string): boolean {
  return path.startsWith(join(engine.folders.resources, 'samples') + sep);
}

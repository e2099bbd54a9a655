/** What the person should know about this installation: versions, places, and what is missing. */
import { type EngineStatus, toErrorInfo } from '../../../contract/index.ts';
import { locateTools } from '../media/locateFfmpeg.ts';
import { outsideProfileNotice } from '../privateFiles.ts';
import type { EngineContext } from './engineContext.ts';

export async function engineStatus(engine: EngineContext): Promise<EngineStatus> {
  const notices: string[] = [];
  const model = await engine.models.active().catch((thrown: unknown) => {
    notices.push(toErrorInfo(thrown).message);
    return null;
  });
  if (!model) notices.push('There is no model: search by words works, captions and answers do not.');
  const tools = await locateTools();
  if (!tools.ffmpeg.found || !tools.ffprobe.found) {
    notices.push('ffmpeg was not found, so nothing can be indexed: install it, or install Playhead again.');
  }
  // Also where the library itself is lost: that is what the status then tells.
  notices.push(...(await engine.library.health().catch(() => ({ notices: [] }))).notices);
  const outside = outsideProfileNotice(engine.folders.library);
  if (outside) notices.push(outside);
  const loaded = engine.hosts.loaded;
  notices.push(...(loaded?.notices ?? []));
  const counts = await engine.library.counts().catch(() => ({ media: 0, segments: 0 }));
  return {
    version: engine.version,
    libraryFolder: engine.folders.library,
    model,
    provider: loaded?.provider ?? null,
    parts: engine.hosts.parts,
    ffmpeg: tools.ffmpeg,
    ffprobe: tools.ffprobe,
    notices,
    trouble: engine.storage.trouble,
    mediaCount: counts.media,
    segmentCount: counts.segments,
    // Nothing in Playhead opens a connection: models are imported from folders.
    connections: [],
  };
}

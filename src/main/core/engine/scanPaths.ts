/** The `scan` job: paths -> media files -> each registered in the library and queued for indexing. */
import { basename } from 'node:path';
import { type JobResult, PlayheadError } from '../../../contract/index.ts';
import type { JobContext, JobRunner } from '../jobs/jobRunner.ts';
import type { EngineContext } from './engineContext.ts';
import { findMediaFiles } from './findMediaFiles.ts';
import { writePoster } from './posters.ts';
import { isSample, registerFile } from './registerFile.ts';

export interface ScanPayload {
  paths: string[];
}

export function scanRunner(engine: EngineContext): JobRunner {
  return async (job, context) => {
    const payload = job.payload as ScanPayload;
    await context.progress(0, 'looking for media files');
    const { files, rejected } = await findMediaFiles(payload.paths, context.signal);
    for (const [index, path] of files.entries()) {
      context.signal.throwIfAborted();
      await context.progress(index / files.length, `found ${basename(path)}`);
      await queueFile(engine, path, context);
    }
    const result: JobResult = { queued: files.length, rejected };
    const first = rejected[0];
    if (files.length === 0 && first) {
      await context.finishWith(result);
      throw new PlayheadError(first);
    }
    return result;
  };
}

/**
 * A file that cannot be read is queued as well: its own job then fails by name with the reason, and
 * "retry" on that job is what a person does once the file is mended.
 */
async function queueFile(engine: EngineContext, path: string, context: JobContext): Promise<void> {
  const media = await registerFile(engine, path).catch(() => null);
  if (media && !media.needsIndex) return;
  await engine.queue().enqueue({
    kind: 'index',
    title: basename(path),
    mediaId: media?.item.id ?? null,
    parentId: context.job.id,
    payload: { path },
    givesWay: isSample(engine, path), // nobody waits for them as for files of their own
  });
  if (media) {
    await engine.library.setMediaState(media.item.id, 'queued');
    await writePoster(engine, media.item, context.signal);
    engine.emit({ type: 'libraryChanged', mediaIds: [media.item.id] });
  }
}

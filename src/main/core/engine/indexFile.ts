/**
 * The `index` job of one file: probe -> segments -> thumbnails and subtitles -> per segment: what is
 * written on the screen, what is seen, a caption, a vector. It stops between segments and goes on there.
 */
import { join } from 'node:path';
import {
  type IndexedSegment,
  type JobResult,
  type MediaItem,
  type StageTiming,
  toErrorInfo,
} from '../../../contract/index.ts';
import { type JobContext, type JobRunner, PausedSignal } from '../jobs/jobRunner.ts';
import { hashWholeFile } from '../media/fingerprint.ts';
import type { NewKnowledge, NewSegment, StoredJob } from '../ports/libraryApi.ts';
import type { EngineContext } from './engineContext.ts';
import { ChangedWhileRead, requireUnchanged } from './identity.ts';
import { createSegmentReader, type SegmentReader } from './readSegment.ts';
import { type RegisteredFile, registerFile } from './registerFile.ts';
import { isAtRestWithin } from './scan/settle.ts';
import { Stopwatch } from './stopwatch.ts';

/** How often a file that changes while it is read is read again, and how long its rest is waited for. */
const MOST_ATTEMPTS = 3;
const PATIENCE_MS = 10 * 60_000;

export interface IndexPayload {
  path: string;
  /** Build the index anew even when the file is known and unchanged. */
  force?: boolean;
  /** Set once the segments stand in the library: what an interrupted run goes on with. */
  checkpoint?: { fingerprint: string; segmentsDone: number; notices: string[]; timings: StageTiming[] };
}

export function indexRunner(engine: EngineContext): JobRunner {
  return async (job, context) => {
    const payload = job.payload as IndexPayload;
    await context.progress(0, 'reading the file');
    for (let attempt = 1; ; attempt++) {
      try {
        return await indexOnce(engine, job, context, payload);
      } catch (thrown) {
        const mayTryAgain = attempt < MOST_ATTEMPTS && !context.signal.aborted;
        if (mayTryAgain && hasLostItsSegments(thrown)) continue;
        if (!mayTryAgain || !(thrown instanceof ChangedWhileRead)) throw thrown;
        await context.progress(0, 'waiting: the file is being written');
        await isAtRestWithin(payload.path, PATIENCE_MS, context.signal);
      }
    }
  };
}

/** The index was found damaged meanwhile, and an empty one is in its place: the file begins anew there. */
function hasLostItsSegments(thrown: unknown): boolean {
  return toErrorInfo(thrown).code === 'not-found';
}

async function indexOnce(
  engine: EngineContext,
  job: StoredJob,
  context: JobContext,
  payload: IndexPayload,
): Promise<JobResult> {
  const file = await registerFile(engine, payload.path, context.signal).catch(async (thrown: unknown) => {
    await markFailed(engine, job.mediaId, thrown);
    throw thrown;
  });
  const { item } = file;
  await context.attachTo(item.id);
  if (!file.needsIndex && !payload.force) return { segments: item.segmentCount };
  await setState(engine, item.id, 'indexing');
  try {
    return await indexMedia(engine, context, file, payload);
  } catch (thrown) {
    // A pause is waited out; a cancel leaves the file in the library without an index.
    if (thrown instanceof PausedSignal || context.signal.reason instanceof PausedSignal)
      await setState(engine, item.id, 'queued');
    else if (context.signal.aborted) await setState(engine, item.id, 'registered');
    else await markFailed(engine, item.id, thrown);
    throw thrown;
  }
}

async function indexMedia(
  engine: EngineContext,
  context: JobContext,
  file: RegisteredFile,
  payload: IndexPayload,
): Promise<JobResult> {
  const { item, media, fingerprint } = file;
  const earlier = await usableCheckpoint(engine, item, fingerprint, payload);
  const watch = new Stopwatch(earlier?.timings);
  const notices = new Set(earlier?.notices ?? media.facts.notices);
  const cues = await media.subtitles({ signal: context.signal });
  for (const notice of cues.notices) notices.add(notice);
  if (file.copyOf !== null) notices.add(`The library holds an exact copy of this file: ${file.copyOf}`);
  if (!earlier) {
    const planned = await layOutSegments(engine, context, file, watch);
    for (const notice of planned.notices) notices.add(notice);
  }

  const { segments } = await engine.library.getMedia(item.id);
  const reader = await createSegmentReader(engine, item, notices);
  for (let done = earlier?.segmentsDone ?? 0; done < segments.length; done++) {
    context.signal.throwIfAborted();
    const segment = segments[done] as IndexedSegment;
    const share = (part: number) => 0.2 + (0.8 * (done + part)) / segments.length;
    const subtitles: NewKnowledge[] = cues.cues
      .filter((cue) => cue.endSec > segment.startSec && cue.startSec < segment.endSec)
      .map((cue) => ({ ...cue, kind: 'subtitle', confidence: null }));
    await readOne(engine, context, reader, segment, subtitles, share, watch);
    await requireUnchanged(item.path, media.facts);
    await context.checkpoint({
      ...payload,
      checkpoint: {
        fingerprint,
        segmentsDone: done + 1,
        notices: [...notices],
        timings: watch.timings,
      },
    } satisfies IndexPayload);
    if (done + 1 < segments.length) await context.giveWay();
  }
  await rememberContent(engine, file, context.signal);
  await engine.library.setMediaState(item.id, 'ready', null, [...notices]);
  engine.emit({ type: 'libraryChanged', mediaIds: [item.id] });
  return { segments: segments.length, timings: watch.timings, notices: [...notices] };
}

/** The hash of the whole file, by which it is known again under another name; of the version that was indexed. */
async function rememberContent(engine: EngineContext, file: RegisteredFile, signal: AbortSignal): Promise<void> {
  const { path, facts } = file.media;
  const contentHash = file.contentHash ?? (await hashWholeFile(path, facts.sizeBytes, signal));
  await requireUnchanged(path, facts);
  await engine.library.setContentHash(file.item.id, contentHash);
}

/** What an earlier run got done, unless the file has changed or the index was lost since. */
async function usableCheckpoint(
  engine: EngineContext,
  item: MediaItem,
  fingerprint: string,
  { checkpoint }: IndexPayload,
): Promise<IndexPayload['checkpoint'] | null> {
  if (checkpoint?.fingerprint !== fingerprint) return null;
  const { segments } = await engine.library.getMedia(item.id);
  return segments.length > 0 && segments.length >= checkpoint.segmentsDone ? checkpoint : null;
}

/** Cuts the file into segments, each with its picture, and puts them into the library. What was odd is told. */
async function layOutSegments(
  engine: EngineContext,
  context: JobContext,
  { item, media, fingerprint }: RegisteredFile,
  watch: Stopwatch,
): Promise<{ notices: string[] }> {
  const { signal } = context;
  await context.progress(0.05, 'finding scenes');
  const { segments: planned, notices } = await watch.time('scenes', media.scenes({ signal }));
  const folder = join(engine.folders.thumbnails, item.id);
  const wishes = planned.map((segment, index) => ({
    segment,
    outFile: join(folder, `${fingerprint.slice(0, 8)}-${index}.jpg`),
  }));
  const onDone = (done: number) => context.progress(0.1 + (0.1 * done) / planned.length, 'making thumbnails');
  const written = await watch.time('thumbnails', media.thumbnails(wishes, { signal, onDone }));
  const segments: NewSegment[] = planned.map((segment, index) => ({
    ...segment,
    thumbnailPath: written[index] ? (wishes[index]?.outFile ?? null) : null,
  }));
  signal.throwIfAborted();
  await engine.library.replaceSegments(item.id, segments);
  engine.emit({ type: 'libraryChanged', mediaIds: [item.id] });
  return { notices };
}

async function readOne(
  engine: EngineContext,
  context: JobContext,
  reader: SegmentReader,
  segment: IndexedSegment,
  subtitles: NewKnowledge[],
  share: (part: number) => number,
  watch: Stopwatch,
): Promise<void> {
  await context.progress(share(0), 'reading on-screen text and things');
  // The recognisers and the model are processes of their own: they look at the segment side by side.
  const looking = reader.recognise(segment, context, watch);
  const describing = reader.describe(segment, context, watch);
  const [recognised, captions] = await allSettledOrThrow([looking, describing]);
  await engine.library.setKnowledge(segment.id, [...subtitles, ...recognised, ...captions]);
}

/** Both, once both have ended: what is still running never outlives its job. */
async function allSettledOrThrow<T>(work: [Promise<T>, Promise<T>]): Promise<[T, T]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

async function setState(engine: EngineContext, mediaId: string, state: MediaItem['state']): Promise<void> {
  await engine.library.setMediaState(mediaId, state);
  engine.emit({ type: 'libraryChanged', mediaIds: [mediaId] });
}

async function markFailed(engine: EngineContext, mediaId: string | null, thrown: unknown): Promise<void> {
  if (!mediaId) return;
  await engine.library.setMediaState(mediaId, 'failed', toErrorInfo(thrown));
  engine.emit({ type: 'libraryChanged', mediaIds: [mediaId] });
}

/**
 * One file into the index: segments, thumbnails and subtitles, then per segment what is written on the screen, what is
 * seen, a caption, a vector. After each segment a checkpoint: an interrupted run loses at most one.
 */
import type { IndexedSegment, IndexResult, MediaItem } from '../../../contract/index.ts';
import { hashWholeFile } from '../../media/fingerprint.ts';
import type { LibraryApi, NewKnowledge } from '../../ports/libraryApi.ts';
import { Stopwatch } from '../../ports/stopwatch.ts';
import { requireUnchanged } from '../identity.ts';
import type { MeaningNeeds } from '../meanings.ts';
import { withChosenSound } from '../playing/playerMemory.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import { createSegmentReader, type SegmentReader, type SegmentReaderNeeds } from '../readSegment.ts';
import type { RegisteredFile } from '../registerFile.ts';
import type { BegunScenes, IndexCheckpoint } from './checkpoint.ts';
import { type LayOutNeeds, layOutSegments } from './layOutSegments.ts';
import { withMeanings } from './readMeanings.ts';

export interface IndexMediaNeeds extends SegmentReaderNeeds, LayOutNeeds, MeaningNeeds {
  hosts: SegmentReaderNeeds['hosts'];
  folders: LayOutNeeds['folders'] & MeaningNeeds['folders'];
  library: SegmentReaderNeeds['library'] &
    LayOutNeeds['library'] &
    Pick<LibraryApi, 'getMedia' | 'getSetting' | 'replaceKnowledge' | 'setContentHash'>;
}

export interface IndexWork {
  needs: IndexMediaNeeds;
  attempt: Pick<JobAttempt, 'signal' | 'progress' | 'giveWay'>;
  file: RegisteredFile;
  /** Where an earlier run was interrupted. */
  earlier: IndexCheckpoint | undefined;
  /** Stores how far this run is. */
  keep(checkpoint: IndexCheckpoint): Promise<void>;
  /** The same while its scenes are looked for. */
  scenes: { begun: BegunScenes | undefined; keep(scenes: BegunScenes): Promise<void> };
}

/** What is known of a file before its segments are read one by one. */
interface Reading {
  watch: Stopwatch;
  notices: Set<string>;
  subtitles: NewKnowledge[];
  segmentsDone: number;
}

/** @throws ChangedWhileRead, PlayheadError, or what the attempt's signal was aborted with */
export async function indexMedia(work: IndexWork): Promise<Required<IndexResult>> {
  const { needs, attempt, file, keep } = work;
  const { item, media, fingerprint } = file;
  const reading = await begin(work);
  const { watch, notices } = reading;
  const { segments } = await needs.library.getMedia(item.id);
  const reader = await createSegmentReader(needs, await withChosenSound(needs.library, item), notices);
  for (let done = reading.segmentsDone; done < segments.length; done++) {
    attempt.signal.throwIfAborted();
    await attempt.progress(0.2 + (0.8 * done) / segments.length, 'reading on-screen text and things');
    await readSegment(work, reading, reader, segments[done] as IndexedSegment);
    await requireUnchanged(item.path, media.facts, attempt.signal);
    await keep({ fingerprint, segmentsDone: done + 1, notices: [...notices], timings: watch.timings });
    if (done + 1 < segments.length) await attempt.giveWay();
  }
  await rememberContent(work);
  return { segments: segments.length, timings: watch.timings, notices: [...notices] };
}

async function begin(work: IndexWork): Promise<Reading> {
  const { needs, attempt, file, earlier } = work;
  const { item, media, fingerprint, copyOf } = file;
  const usable = await usableCheckpoint(needs, item, fingerprint, earlier);
  const watch = new Stopwatch(usable?.timings);
  const { cues, notices: oddSubtitles } = await media.subtitles({ signal: attempt.signal });
  const notices = new Set([...(usable?.notices ?? media.facts.notices), ...oddSubtitles]);
  if (copyOf !== null) notices.add(`The library holds an exact copy of this file: ${copyOf}`);
  if (!usable) for (const notice of await layOutSegments(work, watch)) notices.add(notice);
  const subtitles = cues.map((cue) => ({ ...cue, kind: 'subtitle' as const, confidence: null }));
  return { watch, notices, subtitles, segmentsDone: usable?.segmentsDone ?? 0 };
}

/** What an earlier run got done, unless the file has changed or the index was lost since. */
async function usableCheckpoint(
  { library }: Pick<IndexMediaNeeds, 'library'>,
  item: MediaItem,
  fingerprint: string,
  checkpoint: IndexCheckpoint | undefined,
): Promise<IndexCheckpoint | null> {
  if (checkpoint?.fingerprint !== fingerprint) return null;
  const { segments } = await library.getMedia(item.id);
  return segments.length > 0 && segments.length >= checkpoint.segmentsDone ? checkpoint : null;
}

/** The recognisers and the model are processes of their own: they look at the segment side by side. */
async function readSegment(
  { needs, attempt }: IndexWork,
  { watch, notices, subtitles }: Reading,
  reader: SegmentReader,
  segment: IndexedSegment,
): Promise<void> {
  const said = subtitles.filter((cue) => cue.endSec > segment.startSec && cue.startSec < segment.endSec);
  const looking = reader.recognise(segment, attempt.signal, watch);
  const describing = reader.describe(segment, attempt.signal, watch);
  const [recognised, captions] = await allSettledOrThrow([looking, describing]);
  const without = reader.model?.isSampleModel ? reader.model.name : null;
  const pieces = [...said, ...recognised, ...captions];
  const known = await withMeanings(needs, pieces, { signal: attempt.signal, watch, notices, without });
  await needs.library.replaceKnowledge(segment.id, [...known]);
}

/** Both, once both have ended: what is still running never outlives its job. */
async function allSettledOrThrow<T>(work: [Promise<T>, Promise<T>]): Promise<[T, T]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** The hash of the whole file, by which it is known again under another name; of the version that was indexed. */
async function rememberContent({ needs, file, attempt }: IndexWork): Promise<void> {
  const { path, facts } = file.media;
  const contentHash = file.contentHash ?? (await hashWholeFile(path, facts.sizeBytes, attempt));
  await requireUnchanged(path, facts, attempt.signal);
  await needs.library.setContentHash(file.item.id, contentHash);
}

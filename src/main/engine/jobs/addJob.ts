/** The `add` job: what a model can say of footage that was indexed without it is added, segment by segment. */
import * as z from 'zod';
import { aboutSeconds, type MediaDetail, toErrorInfo } from '../../../contract/index.ts';
import type { LibraryApi, SegmentToRead } from '../../ports/libraryApi.ts';
import { Stopwatch } from '../../ports/stopwatch.ts';
import { againAfterCrash } from '../againAfterCrash.ts';
import { captionSegment, embedSegment } from '../describeSegment.ts';
import { type Addition, type OfferNeeds, requireAddition } from '../offeredWork.ts';
import { defineJob } from '../queue/defineJob.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import { storedNotices } from './storedShapes.ts';

export interface AddNeeds extends OfferNeeds {
  library: OfferNeeds['library'] & Pick<LibraryApi, 'getMedia' | 'listSegmentsWithout' | 'replaceKnowledge'>;
}

const payload = z.object({
  adds: z.enum(['captions', 'looks']),
  /** Where it goes on: what lies before is done, or could not be. */
  afterRow: z.int().min(0).default(0),
  added: z.int().min(0).default(0),
  notices: storedNotices.default([]),
});
type AddPayload = z.infer<typeof payload>;

const PAGE = 50;
/** A drive that is away says the same of each of its files. */
const MOST_NOTICES = 20;

export const addJob = defineJob({
  kind: 'add',
  lane: 'background',
  // Behind every file that is new.
  priority: 10,
  afterKill: 'requeue',
  payload,
  result: z.object({ added: z.number(), notices: storedNotices }),
  title: ({ adds }) => (adds === 'captions' ? 'descriptions to indexed files' : 'looks to the search index'),
  run: addToAll,
});

async function addToAll(needs: AddNeeds, attempt: JobAttempt<AddPayload>) {
  const { payload: begun, signal } = attempt;
  await attempt.progress(0, 'loading the model');
  const addition = await requireAddition(needs, begun.adds);
  const left = (await needs.library.measureSegments(addition.query)).segments;
  let reached = begun;
  const start = performance.now();
  for (let done = 0; ; ) {
    const page = await needs.library.listSegmentsWithout(addition.query, { afterRow: reached.afterRow, limit: PAGE });
    if (page.length === 0) return { added: reached.added, notices: reached.notices };
    for (const segment of page) {
      signal.throwIfAborted();
      const took = (performance.now() - start) / 1000;
      await attempt.progress(done / Math.max(1, left), stage(done, left, took));
      reached = await addTo(needs, addition, segment, { reached, signal });
      await attempt.checkpoint(reached);
      await attempt.giveWay();
      done++;
    }
  }
}

/** "12 of 340, about 4 min left" */
function stage(done: number, left: number, tookSec: number): string {
  const when = done === 0 ? '' : `, about ${aboutSeconds((tookSec / done) * (left - done))} left`;
  return `${done} of ${left}${when}`;
}

/** What cannot be read is said by its file, and passed by. */
async function addTo(
  needs: AddNeeds,
  addition: Addition,
  segment: SegmentToRead,
  { reached, signal }: { reached: AddPayload; signal: AbortSignal },
): Promise<AddPayload> {
  const next = { ...reached, afterRow: segment.row };
  const media = await needs.library.getMedia(segment.mediaId);
  try {
    const isAdded = await againAfterCrash(() => add(needs, addition, { media, segment }, signal), signal);
    return isAdded ? { ...next, added: next.added + 1 } : next;
  } catch (thrown) {
    signal.throwIfAborted();
    const error = toErrorInfo(thrown);
    if (error.code === 'memory-short') throw thrown; // it would be so for each of them
    const notices = new Set([...next.notices, `${media.item.fileName}: ${error.message}`]);
    return { ...next, notices: [...notices].slice(0, MOST_NOTICES) };
  }
}

async function add(
  needs: AddNeeds,
  addition: Addition,
  { media, segment }: { media: MediaDetail; segment: SegmentToRead },
  signal: AbortSignal,
): Promise<boolean> {
  const { item, segments } = media;
  const watched = { signal, watch: new Stopwatch() };
  const indexed = segments.find(({ id }) => id === segment.segmentId);
  if (!indexed) return false; // indexed anew meanwhile
  if ('encoder' in addition) return embedSegment(needs, { encoder: addition.encoder, item, segment: indexed }, watched);
  const { captions } = await captionSegment(needs, { model: addition.model, item, segment: indexed }, watched);
  if (captions.length === 0) return false;
  const others = indexed.knowledge.filter(({ kind }) => kind !== 'caption');
  await needs.library.replaceKnowledge(indexed.id, [...others, ...captions]);
  return true;
}

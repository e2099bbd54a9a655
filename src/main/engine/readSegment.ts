/** What the models say about one segment: recognised text and things, a caption, a vector. */
import {
  type IndexedSegment,
  type MediaItem,
  type ModelSummary,
  type Segment,
  toErrorInfo,
} from '../../contract/index.ts';
import type { LibraryApi, NewKnowledge } from '../ports/libraryApi.ts';
import type { Clip } from '../ports/modelHostApi.ts';
import type { Stopwatch } from '../ports/stopwatch.ts';
import { recognisersFor } from '../recognising/recognisers.ts';
import { againAfterCrash } from './againAfterCrash.ts';
import { divide } from './answering/cutLooks.ts';
import type { Hosts } from './hosts.ts';
import type { ModelChoice } from './modelChoice.ts';

export interface SegmentReaderNeeds {
  library: Pick<LibraryApi, 'setVector'>;
  models: Pick<ModelChoice, 'require'>;
  hosts: Pick<Hosts, 'model' | 'embedder' | 'recogniser'>;
}

/** A description of one segment is a few sentences; a model that goes on and on is cut short. */
const captionTokens = 160;

export interface SegmentReader {
  recognise(segment: IndexedSegment, signal: AbortSignal, watch: Stopwatch): Promise<NewKnowledge[]>;
  /** The caption; the vector for search goes into the library by itself. Neither for footage that the model does not know. */
  describe(segment: IndexedSegment, signal: AbortSignal, watch: Stopwatch): Promise<NewKnowledge[]>;
}

interface Described {
  captions: NewKnowledge[];
  /** What the model says of footage that it does not know; null where it described it. */
  refusal: string | null;
}

const nothingSaid: Described = { captions: [], refusal: null };

/**
 * Whatever cannot be used is said once in `notices`, and the rest of the index is made without it: a
 * library without captions still finds text, things, names and subtitles.
 */
export async function createSegmentReader(
  needs: SegmentReaderNeeds,
  item: MediaItem,
  notices: Set<string>,
): Promise<SegmentReader> {
  const model = await describingModel(needs, notices);
  const bundleFolder = model?.folder ?? '';
  const fitting = recognisersFor(item).map(({ name }) => name);

  async function tolerate<T>(what: string, signal: AbortSignal, fallback: T, work: () => Promise<T>): Promise<T> {
    try {
      return await againAfterCrash(work, signal);
    } catch (thrown) {
      signal.throwIfAborted();
      const { code, message } = toErrorInfo(thrown);
      if (code === 'file-not-found') throw thrown; // it is not the recogniser that is missing
      notices.add(`${what}: ${message}`);
      return fallback;
    }
  }

  /** One caption, or one for each part of a segment that is too long for one look. */
  async function caption(segment: IndexedSegment, signal: AbortSignal, watch: Stopwatch): Promise<Described> {
    const captions: NewKnowledge[] = [];
    const refusals: string[] = [];
    for (const look of divide(segment, model?.longestLookSec ?? Number.POSITIVE_INFINITY)) {
      const found = await captionLook(look, signal, watch);
      captions.push(...found.captions);
      if (found.refusal !== null) refusals.push(found.refusal);
    }
    // A refused part of a segment that is known is no news.
    return { captions, refusal: captions.length === 0 ? (refusals[0] ?? null) : null };
  }

  async function captionLook(look: Segment, signal: AbortSignal, watch: Stopwatch): Promise<Described> {
    const ready = await needs.hosts.model(bundleFolder);
    const input = { clip: clipOf(item, look), generation: { maxNewTokens: captionTokens } };
    const output = await watch.time('caption', () => ready.api.caption(input, { signal }));
    const text = output.text.trim();
    if (output.provenance.stopReason === 'out-of-domain') return { captions: [], refusal: text };
    if (!text) return nothingSaid;
    const source = { source: ready.model.name, sourceVersion: model?.version };
    const { startSec, endSec } = look;
    return { captions: [{ kind: 'caption', text, startSec, endSec, ...source, confidence: null }], refusal: null };
  }

  async function embed(segment: IndexedSegment, signal: AbortSignal, watch: Stopwatch): Promise<void> {
    const embedding = await needs.hosts.embedder(bundleFolder);
    if (!embedding) return;
    const embed = () => embedding.api.embedClip(clipOf(item, segment), { signal });
    const { vector } = await watch.time('embedding', embed);
    const { name, dimensions } = embedding.embedder;
    await needs.library.setVector(name, dimensions, { segmentId: segment.id, vector });
  }

  return {
    recognise: (segment, signal, watch) =>
      tolerate(`${capitalised(listOf(fitting))} were left out`, signal, [], async () => {
        if (fitting.length === 0) return [];
        const recogniser = needs.hosts.recogniser();
        const output = await recogniser.recognise(clipOf(item, segment), { signal });
        watch.add(output.timings);
        for (const notice of output.notices) notices.add(notice);
        return output.found;
      }),

    async describe(segment, signal, watch) {
      if (bundleFolder === '') return [];
      const { captions, refusal } = await tolerate('A caption was left out', signal, nothingSaid, () =>
        caption(segment, signal, watch),
      );
      if (refusal !== null) {
        notices.add(`Some or all of it has no caption: ${refusal} Import a full model for captions.`);
        return [];
      }
      if (item.kind !== 'audio') {
        await tolerate('Search by meaning was left out', signal, undefined, () => embed(segment, signal, watch));
      }
      return captions;
    },
  };
}

/** "on-screen text and things" */
function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export function clipOf(item: MediaItem, segment: Segment): Clip {
  return {
    path: item.path,
    kind: item.kind,
    segment: { startSec: segment.startSec, endSec: segment.endSec },
    hasAudio: item.hasAudio,
  };
}

/** The model that describes, or null when there is none. */
async function describingModel(needs: SegmentReaderNeeds, notices: Set<string>): Promise<ModelSummary | null> {
  try {
    return await needs.models.require();
  } catch (thrown) {
    notices.add(`No captions: ${toErrorInfo(thrown).message}`);
    return null;
  }
}

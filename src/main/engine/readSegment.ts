/** What the models say about one segment: recognised text and things, a caption, a vector. */
import { type IndexedSegment, type ModelSummary, toErrorInfo } from '../../contract/index.ts';
import type { NewKnowledge } from '../ports/libraryApi.ts';
import type { Stopwatch } from '../ports/stopwatch.ts';
import { recognisersFor } from '../recognising/recognisers.ts';
import { againAfterCrash } from './againAfterCrash.ts';
import { captionSegment, clipOf, type Described, type DescribeNeeds, embedSegment } from './describeSegment.ts';
import type { Hosts } from './hosts.ts';
import type { ModelChoice } from './modelChoice.ts';
import type { HeardMedia } from './playing/playerMemory.ts';
import type { SearchChoice } from './searchChoice.ts';

export interface SegmentReaderNeeds extends DescribeNeeds {
  models: Pick<ModelChoice, 'require'>;
  encoders: Pick<SearchChoice, 'encoder'>;
  hosts: Pick<Hosts, 'model' | 'embedder' | 'recogniser'>;
}

export interface SegmentReader {
  recognise(segment: IndexedSegment, signal: AbortSignal, watch: Stopwatch): Promise<NewKnowledge[]>;
  /** The caption; the vector for search goes into the library by itself. Neither for footage that the model does not know. */
  describe(segment: IndexedSegment, signal: AbortSignal, watch: Stopwatch): Promise<NewKnowledge[]>;
  /** Who describes; null without a model. */
  readonly model: ModelSummary | null;
}

const nothingSaid: Described = { captions: [], refusal: null };

/**
 * Whatever cannot be used is said once in `notices`, and the rest of the index is made without it: a
 * library without captions still finds text, things, names and subtitles.
 */
export async function createSegmentReader(
  needs: SegmentReaderNeeds,
  item: HeardMedia,
  notices: Set<string>,
): Promise<SegmentReader> {
  const model = await describingModel(needs, notices);
  const encoder = await needs.encoders.encoder().catch(() => null); // why there is no model is told already
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

  return {
    model,
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
      const { captions, refusal } = await tolerate('A caption was left out', signal, nothingSaid, async () =>
        model ? captionSegment(needs, { model, item, segment }, { signal, watch }) : nothingSaid,
      );
      if (refusal !== null)
        notices.add(`Some or all of it has no caption: ${refusal} Import a full model for captions.`);
      // What a model does not know, the encoder that it brings does not know either.
      if (encoder !== null && item.kind !== 'audio' && (encoder.isChosen || refusal === null))
        await tolerate('Search by meaning was left out', signal, false, () =>
          embedSegment(needs, { encoder, item, segment }, { signal, watch }),
        );
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

/** The model that describes, or null when there is none. */
async function describingModel(needs: SegmentReaderNeeds, notices: Set<string>): Promise<ModelSummary | null> {
  try {
    return await needs.models.require();
  } catch (thrown) {
    notices.add(`No captions: ${toErrorInfo(thrown).message}`);
    return null;
  }
}

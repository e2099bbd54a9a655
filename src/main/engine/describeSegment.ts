/** What the models say about one segment: a caption, and a vector for search. How long each takes is measured by the way. */
import type { ModelSummary, Segment } from '../../contract/index.ts';
import type { LibraryApi, NewKnowledge } from '../ports/libraryApi.ts';
import type { Clip } from '../ports/modelHostApi.ts';
import type { Stopwatch } from '../ports/stopwatch.ts';
import { divide } from './answering/cutLooks.ts';
import type { SpeedNeeds } from './answering/lookSpeed.ts';
import type { Hosts } from './hosts.ts';
import { indexPace } from './indexPace.ts';
import type { HeardMedia } from './playing/playerMemory.ts';
import type { EncoderPlace } from './searchChoice.ts';

export interface DescribeNeeds {
  library: Pick<LibraryApi, 'setVector' | 'getSetting' | 'setSetting'>;
  hosts: Pick<Hosts, 'model' | 'embedder'>;
  device: SpeedNeeds['device'];
}

/** A stretch of a file that is in the index. */
export interface IndexedStretch extends Segment {
  id: string;
}

export interface Watched {
  signal: AbortSignal;
  watch: Stopwatch;
}

/** A description of one segment is a few sentences; a model that goes on and on is cut short. */
const captionTokens = 160;

export interface Described {
  captions: NewKnowledge[];
  /** What the model says of footage that it does not know; null where it described it. */
  refusal: string | null;
}

/** One caption, or one for each part of a segment that is too long for one look. */
export async function captionSegment(
  needs: DescribeNeeds,
  { model, item, segment }: { model: ModelSummary; item: HeardMedia; segment: Segment },
  { signal, watch }: Watched,
): Promise<Described> {
  const captions: NewKnowledge[] = [];
  const refusals: string[] = [];
  let seconds = 0;
  for (const look of divide(segment, model.longestLookSec)) {
    const found = await captionLook(look);
    captions.push(...found.captions);
    if (found.refusal !== null) refusals.push(found.refusal);
  }
  if (captions.length > 0) await learn(needs, 'captions', { of: model.version, seconds });
  // A refused part of a segment that is known is no news.
  return { captions, refusal: captions.length === 0 ? (refusals[0] ?? null) : null };

  async function captionLook(look: Segment): Promise<Described> {
    const ready = await needs.hosts.model(model.folder);
    const input = { clip: clipOf(item, look), generation: { maxNewTokens: captionTokens } };
    const start = performance.now(); // what loading it takes is no part of a description
    const output = await watch.time('caption', () => ready.api.caption(input, { signal }));
    seconds += (performance.now() - start) / 1000;
    const text = output.text.trim();
    if (output.provenance.stopReason === 'out-of-domain') return { captions: [], refusal: text };
    if (!text) return { captions: [], refusal: null };
    const source = { source: ready.model.name, sourceVersion: model.version };
    const { startSec, endSec } = look;
    return { captions: [{ kind: 'caption', text, startSec, endSec, ...source, confidence: null }], refusal: null };
  }
}

/** The segment's vector goes into the library. @returns false where the encoder's model brings none */
export async function embedSegment(
  needs: DescribeNeeds,
  { encoder, item, segment }: { encoder: EncoderPlace; item: HeardMedia; segment: IndexedStretch },
  { signal, watch }: Watched,
): Promise<boolean> {
  const embedding = await needs.hosts.embedder(encoder);
  if (!embedding) return false;
  const start = performance.now();
  const { vector } = await watch.time('embedding', () => embedding.api.embedClip(clipOf(item, segment), { signal }));
  const { name, dimensions } = embedding.embedder;
  await needs.library.setVector(name, dimensions, { segmentId: segment.id, vector });
  await learn(needs, 'looks', { of: name, seconds: (performance.now() - start) / 1000 });
  return true;
}

/** @param item with the sound track that was chosen for it, if one was */
export function clipOf(item: HeardMedia, { startSec, endSec }: Segment): Clip {
  const { path, kind, hasAudio, soundTrack } = item;
  const clip = { path, kind, segment: { startSec, endSec }, hasAudio };
  return soundTrack === undefined ? clip : { ...clip, soundTrack };
}

async function learn(
  needs: DescribeNeeds,
  adds: 'captions' | 'looks',
  { of, seconds }: { of: string; seconds: number },
): Promise<void> {
  const pace = await indexPace(needs, adds, of);
  pace.learn(seconds);
  await pace.keep();
}

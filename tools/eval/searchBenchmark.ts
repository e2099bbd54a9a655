/**
 * Is a clip that somebody describes found first among all? Asked in two ways: by meaning alone (the dual encoder's
 * vectors, made as the app makes them), and by the app's own search (words of the model's captions, and meaning).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createLibrary } from '../../src/main/library/createLibrary.ts';
import { fingerprintFile } from '../../src/main/media/fingerprint.ts';
import { openMedia } from '../../src/main/media/openMedia.ts';
import type { LibraryApi } from '../../src/main/ports/libraryApi.ts';
import type { EmbeddingModelInfo } from '../../src/main/ports/modelHostApi.ts';
import { startProgress } from '../lib/progress.ts';
import { clipOf } from './answerBenchmark.ts';
import { type Description, descriptionsOf } from './describe.ts';
import type { OpenBundle } from './openBundle.ts';
import type { BenchmarkClip } from './readBenchmark.ts';

export interface SearchScore {
  /** "by meaning alone", "the app’s search" */
  route: string;
  description: Description['kind'];
  searches: number;
  /** The first hit is the clip that was described. */
  first: number;
  /** The first hit is a clip that the description fits. */
  fitting: number;
}

export interface SearchScores {
  clips: number;
  scores: SearchScore[];
  /** Seconds to caption and embed a clip, on average. */
  secondsPerClip: number;
}

/** A library that the bundle's captions and vectors fill. */
interface SearchedLibrary {
  bundle: OpenBundle;
  embedder: EmbeddingModelInfo;
  library: LibraryApi;
}

interface Indexed {
  clip: BenchmarkClip;
  mediaId: string;
  vector: number[];
}

/** @returns null for no clips, or a bundle without a dual encoder */
export async function searchBenchmark(
  bundle: OpenBundle,
  clips: readonly BenchmarkClip[],
  signal: AbortSignal,
): Promise<SearchScores | null> {
  const { embedder } = bundle;
  if (embedder === null || clips.length === 0) return null;
  const folder = await mkdtemp(join(tmpdir(), 'playhead-eval-'));
  const library = createLibrary({ folder });
  try {
    const start = performance.now();
    const searched = { bundle, embedder, library };
    const indexed = await indexAll(searched, clips, signal);
    const secondsPerClip = (performance.now() - start) / 1000 / clips.length;
    return { clips: clips.length, scores: await searchAll(searched, indexed, signal), secondsPerClip };
  } finally {
    await library.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function indexAll(
  searched: SearchedLibrary,
  clips: readonly BenchmarkClip[],
  signal: AbortSignal,
): Promise<Indexed[]> {
  const progress = startProgress('indexing', clips.length);
  const indexed: Indexed[] = [];
  try {
    for (const clip of clips) {
      signal.throwIfAborted();
      indexed.push(await indexOne(searched, clip));
      progress.step();
    }
  } finally {
    progress.end();
  }
  return indexed;
}

/** What the app's index job keeps of a clip of one segment, as far as search by words and meaning sees it. */
async function indexOne({ bundle, embedder, library }: SearchedLibrary, clip: BenchmarkClip): Promise<Indexed> {
  const { api, name } = bundle;
  const source = await clipOf(clip.path);
  const { facts } = await openMedia(clip.path);
  const fingerprint = await fingerprintFile(clip.path, facts.sizeBytes);
  const unique = { fingerprint, contentHash: null, gone: [] };
  const file = { ...facts, ...unique, fileName: basename(clip.path), isSample: false };
  const { item } = await library.registerMedia(file);
  const [segmentId = ''] = await library.replaceSegments(item.id, [{ ...source.segment, thumbnailPath: null }]);
  const { text } = await api.caption({ clip: source });
  await library.replaceKnowledge(segmentId, [
    { kind: 'caption', text, source: name, confidence: null, ...source.segment },
  ]);
  const { vector } = await api.embedClip(source);
  await library.setVector(embedder.name, embedder.dimensions, { segmentId, vector });
  return { clip, mediaId: item.id, vector };
}

async function searchAll(
  { bundle: { api }, embedder: { name: space, minCosine }, library }: SearchedLibrary,
  indexed: readonly Indexed[],
  signal: AbortSignal,
): Promise<SearchScore[]> {
  const scores = new Map<string, SearchScore>();
  for (const { clip } of indexed) {
    for (const description of descriptionsOf(clip)) {
      signal.throwIfAborted();
      const { text } = description;
      const vector = (await api.embedText(text)).vector ?? undefined;
      const { hits } = await library.search({ text, limit: 1, vector, space, minCosine });
      note('by meaning alone', description, clip, vector && nearest(indexed, vector));
      note('the app’s search', description, clip, indexed.find(({ mediaId }) => mediaId === hits[0]?.mediaId)?.clip);
    }
  }
  return [...scores.values()].sort((a, b) => a.route.localeCompare(b.route));

  function note(route: string, description: Description, wanted: BenchmarkClip, found?: BenchmarkClip): void {
    const key = `${route} ${description.kind}`;
    const score = scores.get(key) ?? { route, description: description.kind, searches: 0, first: 0, fitting: 0 };
    score.searches += 1;
    if (found === wanted) score.first += 1;
    if (found && description.fits(found)) score.fitting += 1;
    scores.set(key, score);
  }
}

function nearest(indexed: readonly Indexed[], vector: readonly number[]): BenchmarkClip | undefined {
  const cosine = (other: Indexed) => other.vector.reduce((sum, value, i) => sum + value * (vector[i] as number), 0);
  const best = indexed.map((one) => ({ one, cosine: cosine(one) })).reduce((a, b) => (b.cosine > a.cosine ? b : a));
  return best.one.clip;
}

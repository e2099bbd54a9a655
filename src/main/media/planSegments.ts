/** The stretches of a file that are indexed one by one. */
import type { Segment } from '../../contract/index.ts';
import { detectScenes, type SceneOptions } from './detectScenes.ts';
import { readFrameTable } from './frameTable.ts';
import type { Source } from './openSource.ts';
import { levelsWithin, measureSoundLevels, type SoundLevels } from './soundLevels.ts';

/** Seconds. */
export const LONGEST_SEGMENT = 30;
export const SHORTEST_SEGMENT = 1;

/** Seconds that are quiet where sound is cut. */
const QUIET_SEC = 0.1;
/** Seconds around an even cut in which a quiet place is looked for. */
const QUIET_REACH = 2;

export interface PlannedSegments {
  segments: Segment[];
  /** What was found to be damaged on the way, in words. */
  notices: string[];
}

/**
 * Cuts a file into segments that cover its whole duration, none longer than 30 s and, where the file allows it,
 * none shorter than 1 s. Videos are cut at scene changes, sound in quiet places; a picture is one segment of 0 to 1 s.
 * @throws PlayheadError as `openMedia` does
 */
export async function planSegments(source: Source, options: SceneOptions = {}): Promise<PlannedSegments> {
  const { kind, durationSec } = source;
  if (kind === 'image') return { segments: [{ startSec: 0, endSec: 1 }], notices: [] };
  if (kind === 'audio')
    return { segments: segmentsFromCuts(durationSec, await quietCuts(source, options)), notices: [] };
  const { cuts, damagedAtSec } = await detectScenes(source, options);
  return { segments: segmentsFromCuts(durationSec, cuts), notices: damageInWords(damagedAtSec) };
}

/** Reads of the whole file what {@link planSegments} goes by, which then finds it in mind. @throws as it does */
export async function survey(source: Source, options: { signal?: AbortSignal | undefined } = {}): Promise<void> {
  const { kind, durationSec, streams } = source;
  if (kind === 'audio' && durationSec > LONGEST_SEGMENT) await measureSoundLevels(source, options);
  if (kind === 'video' && streams.video !== null) await readFrameTable(source, options);
}

/** Places that are told one by one. */
const PLACES_TOLD = 5;

function damageInWords(damagedAtSec: readonly number[]): string[] {
  if (damagedAtSec.length === 0) return [];
  const places = [...new Set(damagedAtSec.map((sec) => Math.floor(sec)))];
  const told = places.slice(0, PLACES_TOLD).map((sec) => `${sec} s`);
  const more = places.length > PLACES_TOLD ? ' and more' : '';
  const what =
    damagedAtSec.length === 1 ? '1 picture of the film is' : `${damagedAtSec.length} pictures of the film are`;
  return [`${what} damaged (at ${told.join(', ')}${more}); the rest is used.`];
}

/**
 * Turns cuts into segments: cuts too close to their neighbours are left out, long stretches are divided evenly. Pure.
 * @param cuts seconds, ascending
 */
export function segmentsFromCuts(durationSec: number, cuts: readonly number[]): Segment[] {
  const edges = [0];
  for (const cut of cuts) {
    const isFarEnough = cut - (edges.at(-1) as number) >= SHORTEST_SEGMENT && durationSec - cut >= SHORTEST_SEGMENT;
    if (isFarEnough) edges.push(cut);
  }
  edges.push(durationSec);
  return edges.slice(1).flatMap((endSec, i) => divide({ startSec: edges[i] as number, endSec }));
}

function divide({ startSec, endSec }: Segment): Segment[] {
  const parts = Math.max(1, Math.ceil((endSec - startSec) / LONGEST_SEGMENT - 1e-9));
  const edge = (i: number) => (i === parts ? endSec : startSec + ((endSec - startSec) * i) / parts);
  return Array.from({ length: parts }, (_, i) => ({ startSec: edge(i), endSec: edge(i + 1) }));
}

async function quietCuts(source: Source, options: { signal?: AbortSignal | undefined }): Promise<number[]> {
  const { durationSec } = source;
  const parts = Math.ceil(durationSec / (LONGEST_SEGMENT - 2 * QUIET_REACH));
  if (durationSec <= LONGEST_SEGMENT) return [];
  const levels = await measureSoundLevels(source, options);
  return Array.from({ length: parts - 1 }, (_, i) => quietestNear(levels, (durationSec * (i + 1)) / parts));
}

/** Seconds of the middle of the quietest tenth of a second within reach of `timeSec`. Pure. */
export function quietestNear(levels: SoundLevels, timeSec: number): number {
  let best = { energy: Number.POSITIVE_INFINITY, sec: timeSec };
  for (let sec = Math.max(0, timeSec - QUIET_REACH); sec + QUIET_SEC <= timeSec + QUIET_REACH; sec += QUIET_SEC) {
    const within = levelsWithin(levels, sec, sec + QUIET_SEC);
    if (within.length === 0) break;
    const energy = within.reduce((sum, value) => sum + value, 0) / within.length;
    if (energy < best.energy) best = { energy, sec: sec + QUIET_SEC / 2 };
  }
  return best.sec;
}

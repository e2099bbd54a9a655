/**
 * Routes for `PlayheadClient.urlOf` to what is made of a file for its player: pieces, stills, the shape of its sound.
 * "strip/<media id>.<ms between stills>.<number>"; nothing but digits and known words gets into a name.
 */
import { type PlayableFormat, type PlayablePiece, playableFormats } from './playback.ts';

/** Stills side by side in one JPEG, at even times: number 0 holds the first ones. */
export interface Strip {
  /** Milliseconds from one still to the next. */
  stepMs: number;
  number: number;
}
/** Stills in one strip. */
export const STRIP_STILLS = 8;
/** Pixels from the upper to the lower edge. */
export const STRIP_HEIGHT = 72;

/** One picture, as displayed. */
export interface Still {
  atMs: number;
  /** Pixels of the longest edge; 0 for the file's own size. */
  edge: number;
}

/** How fine the shape of a sound is: samples under one pair of peaks. */
export const PEAK_SAMPLES = { coarse: 480, fine: 16 } as const;
export type PeakLevel = keyof typeof PEAK_SAMPLES;
/** Pairs in one chunk: a minute of coarse ones, two seconds of fine ones at 48,000 Hz. */
export const CHUNK_PEAKS = 6000;

/** Lowest and highest sample by turns, as 16-bit integers (little-endian) of 1/32767. */
export interface PeakChunk {
  level: PeakLevel;
  number: number;
}

export type MadeOfMedia = { mediaId: string; name: string } & (
  | { kind: 'playable'; piece: PlayablePiece }
  | { kind: 'strip'; strip: Strip }
  | { kind: 'still'; still: Still }
  | { kind: 'peaks'; chunk: PeakChunk }
);

export const playableRoute = (mediaId: string, { format, first, count }: PlayablePiece) =>
  `playable/${mediaId}.${format}.${first}.${count}`;
export const stripRoute = (mediaId: string, { stepMs, number }: Strip) => `strip/${mediaId}.${stepMs}.${number}`;
export const stillRoute = (mediaId: string, { atMs, edge }: Still) => `still/${mediaId}.${atMs}.${edge}`;
export const peaksRoute = (mediaId: string, { level, number }: PeakChunk) => `peaks/${mediaId}.${level}.${number}`;

/** Null for a route of another kind, and for one that asks for what there is not. */
export function parseMadeRoute(route: string): MadeOfMedia | null {
  const match = /^\/?(playable|strip|still|peaks)\/([^/.]+)\.([a-z0-9.]{1,40})$/.exec(route);
  if (!match) return null;
  const [, kind, mediaId = '', name = ''] = match;
  const [first = '', ...rest] = name.split('.');
  const [second = Number.NaN, third = Number.NaN] = rest.map(wholeNumber);
  if (kind === 'playable') {
    const isFormat = (playableFormats as readonly string[]).includes(first);
    if (!isFormat || !(second >= 0) || !(third >= 1 && third <= 4)) return null;
    return { kind, mediaId, name, piece: { format: first as PlayableFormat, first: second, count: third } };
  }
  if (kind === 'peaks') {
    if (!Object.hasOwn(PEAK_SAMPLES, first) || !(second >= 0)) return null;
    return { kind, mediaId, name, chunk: { level: first as PeakLevel, number: second } };
  }
  const number = wholeNumber(first);
  if (Number.isNaN(number) || !(second >= 0)) return null;
  if (kind === 'strip') return number > 0 ? { kind, mediaId, name, strip: { stepMs: number, number: second } } : null;
  return second <= 4096 ? { kind: 'still', mediaId, name, still: { atMs: number, edge: second } } : null;
}

function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

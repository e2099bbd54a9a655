/** The looks that a time selects: "in the second half", "at 0:10". Pure. */
import { countScenes, type Segment, timesOf } from '../../../contract/index.ts';
import type { Look } from './cutLooks.ts';
import type { AskedTime } from './readTime.ts';

/** Seconds: around a moment so much is looked at, where a look is longer. */
const MOMENT = 8;

/**
 * @param looks of the range that is asked about, in order
 * @returns what is told where there is nothing at that time
 */
export function looksAtTime(time: AskedTime, looks: readonly Look[], range: Segment): readonly Look[] | string {
  if (time.kind === 'scene') return sceneOf(time.number, looks);
  if (time.kind === 'scenes') return scenesOf(time, looks);
  if (time.kind === 'edge') return looks.slice(...(time.edge === 'first' ? [0, 1] : [-1]));
  const asked = stretchOf(time, range);
  if (asked.startSec >= range.endSec || asked.endSec < range.startSec)
    return `That is outside of what was asked about, ${timesOf(range)}: there is nothing to look at.`;
  const isMoment = asked.startSec === asked.endSec;
  const found = looks.filter((look) => (isMoment ? holds(look, asked.startSec) : isMostly(look, asked)));
  return found.length > 1 ? found : found.map((look) => narrowed(look, asked));
}

function sceneOf(number: number, looks: readonly Look[]): readonly Look[] | string {
  const starts = [...new Set(looks.map(({ scene }) => scene.startSec))];
  const start = number < 0 ? starts.at(number) : starts[number - 1];
  if (start === undefined)
    return `There is no scene ${number}: what was asked about has ${countScenes(starts.length, 'scene')}.`;
  return looks.filter(({ scene }) => scene.startSec === start);
}

function scenesOf({ edge, count }: Extract<AskedTime, { kind: 'scenes' }>, looks: readonly Look[]): readonly Look[] {
  const starts = [...new Set(looks.map(({ scene }) => scene.startSec))];
  const chosen = new Set(edge === 'first' ? starts.slice(0, count) : starts.slice(-count));
  return looks.filter(({ scene }) => chosen.has(scene.startSec));
}

function stretchOf(
  time: Exclude<AskedTime, { kind: 'scene' | 'scenes' | 'edge' }>,
  { startSec, endSec }: Segment,
): Segment {
  if (time.kind === 'seconds') return time;
  if (time.kind === 'lastSeconds') return { startSec: Math.max(startSec, endSec - time.sec), endSec };
  const at = (part: number) => startSec + (endSec - startSec) * part;
  return { startSec: at(time.from), endSec: at(time.to) };
}

const holds = (look: Look, sec: number): boolean => look.startSec <= sec && sec < look.endSec;

/** More than half of the look, or of what is asked about, lies within the other: an edge that only touches is left out. */
function isMostly(look: Look, asked: Segment): boolean {
  const shared = Math.min(look.endSec, asked.endSec) - Math.max(look.startSec, asked.startSec);
  return shared * 2 > Math.min(look.endSec - look.startSec, asked.endSec - asked.startSec);
}

/** A long look is cut to what was asked about. */
function narrowed(look: Look, { startSec, endSec }: Segment): Look {
  const margin = Math.max(0, (MOMENT - (endSec - startSec)) / 2);
  const cut = { startSec: Math.max(look.startSec, startSec - margin), endSec: Math.min(look.endSec, endSec + margin) };
  return look.endSec - look.startSec > MOMENT ? { ...look, ...cut } : look;
}

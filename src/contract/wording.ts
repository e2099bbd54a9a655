/** Sentences that the window and the terminal share: times of an answer, and what was looked at for it. */
import type { Evidence, LookOffer, Provenance } from './answers.ts';
import type { ModelPace } from './catalogue.ts';
import type { ConnectionRecord } from './connections.ts';
import type { Segment } from './media.ts';
import type { OfferedWork } from './offeredWork.ts';

/** What an answer was given by. */
export const sensesInWords: Record<Provenance['modality'], string> = {
  video: 'picture',
  audio: 'sound',
  av: 'picture and sound',
};

/** Seconds: shorter stretches are told with tenths. */
const TENTHS_BELOW = 2;

/** "0:04–0:08", "1:02:03–1:02:10"; with tenths where whole seconds would hide the difference. */
export function timesOf({ startSec, endSec }: Segment): string {
  const digits = endSec - startSec < TENTHS_BELOW ? 1 : 0;
  return `${clock(startSec, digits)}–${clock(endSec, digits)}`;
}

/** "0:00–0:04", "0:00–0:04 and 0:08–0:12", "0:00–0:08, 0:12–0:16 and 0:20–0:24": neighbours are one stretch. */
export function listTimes(stretches: readonly Segment[]): string {
  const texts = joinNeighbours(stretches).map(timesOf);
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

/** "3 scenes", "1 stretch". */
export function countScenes(count: number, unit: Evidence['unit']): string {
  if (unit === 'scene') return count === 1 ? '1 scene' : `${count} scenes`;
  return count === 1 ? '1 stretch' : `${count} stretches`;
}

/** What was looked at for an answer, in one line: "Looked at 8 pictures and 4 s of sound, 0:04–0:08." */
export function describeLook(provenance: Provenance): string {
  const { evidence, frames, audioSeconds, segment } = provenance;
  if (provenance.stopReason === 'needs-consent') return 'Nothing was looked at yet.';
  if (provenance.stopReason === 'from-index') return 'The model did not answer: these are facts of the index.';
  if (evidence) return describeEvidence(evidence);
  const senses = [
    frames > 0 ? counted(frames, 'picture') : '',
    audioSeconds > 0 ? `${Number(audioSeconds.toFixed(1))} s of sound` : '',
  ].filter(Boolean);
  if (senses.length === 0) return 'Nothing was looked at.';
  const verb = frames > 0 ? 'Looked at' : 'Listened to';
  const isTimed = segment.endSec > segment.startSec;
  return `${verb} ${senses.join(' and ')}${isTimed ? `, ${timesOf(segment)}` : ''}.`;
}

/** "This is 164 scenes. Looking at all of them takes about 9 min." */
export function describeOffer({ all, unit }: LookOffer): string {
  return `This has ${countScenes(all.count, unit)}. Looking at all of them takes about ${aboutSeconds(all.seconds)}.`;
}

/** "40 s", "9 min", "2 h": an expectation, never more exact than it is. */
export function aboutSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds / (seconds < 10 ? 1 : 5)) * (seconds < 10 ? 1 : 5))} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

function describeEvidence({ lookedAt, total, unit, fromIndex, unknown }: Evidence): string {
  const all = lookedAt.length === total;
  const what = all ? `all ${countScenes(total, unit)}` : `${lookedAt.length} of ${countScenes(total, unit)}`;
  const how = fromIndex === lookedAt.length ? 'From the captions of' : 'Looked at';
  const some = fromIndex > 0 && fromIndex < lookedAt.length ? `, ${fromIndex} of them when it was indexed` : '';
  const left =
    unknown > 0
      ? ` ${unknown} of them ${unknown === 1 ? 'is' : 'are'} left out: the model does not know such footage.`
      : '';
  if (lookedAt.length === 0) return `Looked at none of ${countScenes(total, unit)}.`;
  return `${how} ${what}: ${listTimes(lookedAt)}${some}.${left}`;
}

function joinNeighbours(stretches: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const { startSec, endSec } of stretches) {
    const last = joined.at(-1);
    if (last && Math.abs(last.endSec - startSec) < 0.05) last.endSec = endSec;
    else joined.push({ startSec, endSec });
  }
  return joined;
}

/** "0:04", "1:02:03"; with one digit "0:04.0". Seconds. */
export function clock(seconds: number, digits: 0 | 1): string {
  const scale = 10 ** digits;
  const rounded = Math.round(seconds * scale) / scale;
  const hours = Math.floor(rounded / 3600);
  const minutes = Math.floor((rounded % 3600) / 60);
  const rest = (rounded % 60).toFixed(digits).padStart(digits === 0 ? 2 : 3 + digits, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

function counted(count: number, one: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${one}s`;
}

/** "640 B", "1.4 MB" (powers of 1000, as file managers show them). */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** "3 times, and 2 tries that reached nobody": connections are what came about, tries are not. */
export function timesInWords({ times, unreachedTimes }: Pick<ConnectionRecord, 'times' | 'unreachedTimes'>): string {
  const count = (many: number, once: string, often: string) => (many === 1 ? once : `${many} ${often}`);
  const tries = count(unreachedTimes, 'one try', 'tries');
  if (times === 0) return unreachedTimes === 0 ? 'Being tried' : `Not reached: ${tries}`;
  const made = count(times, 'Once', 'times');
  return unreachedTimes === 0 ? made : `${made}, and ${tries} that reached nobody`;
}

/** "about 4 min per hour of video; answers start after 3 s"; empty before anything was measured. */
export function paceInWords({ firstWordSec, perHourSec }: ModelPace): string {
  const parts = [
    perHourSec === null ? '' : `about ${aboutSeconds(perHourSec)} per hour of video`,
    firstWordSec === null ? '' : `answers start after ${aboutSeconds(firstWordSec)}`,
  ];
  return parts.filter(Boolean).join('; ');
}

/** "12 files (about 3 h of footage) … about 4 min", or that it was not measured yet. */
export function workInWords({ adds, model, files, footageSec, takesSec }: OfferedWork): string {
  const amount = `${files === 1 ? '1 indexed file' : `${files} indexed files`}, ${aboutSeconds(footageSec)} of footage`;
  const what = adds === 'captions' ? `${model} could describe` : `${model} could look through`;
  const time = takesSec === null ? 'how long it takes is known after the first' : `about ${aboutSeconds(takesSec)}`;
  return `${what} ${amount}: ${time}.`;
}

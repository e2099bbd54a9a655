/**
 * Recordings that were joined byte by byte (transport and program streams): where does the clock jump?
 * Nothing in such a file says so, and its declared length then counts the jump as film.
 */

import { readRegularPart } from '../ports/regularFile.ts';
import type { Packets } from './probeFile.ts';

/** Formats whose timestamps players do not believe across a jump; in all others a long gap is a picture that stands. */
const JUMPING_FORMATS = ['mpegts', 'mpeg'];
/** Seconds; the limit at which ffmpeg and players take a gap for a new beginning. */
const LONGEST_GAP = 10;
/** Seconds by which a track may go back without being another recording. */
const BACKWARD = 0.1;

interface TimedPacket {
  track: number;
  timeSec: number;
  position: number;
}

/**
 * @param format ffmpeg's name of the demuxer
 * @param tracks the packets of the chosen tracks, each with its time base in seconds
 * @returns bytes from the start of the file where another recording begins, ascending; none in a file of one piece
 */
export async function findJoins(
  file: string,
  format: string,
  tracks: readonly { packets: Packets; timeBase: number }[],
): Promise<number[]> {
  if (!JUMPING_FORMATS.includes(format)) return [];
  return Promise.all(findJumps(tracks).map((jump) => startOfRecording(file, format, jump)));
}

/** Places in the file: of the last packet before a jump, and of the first one behind it. */
interface Jump {
  before: number;
  position: number;
}

/** Exported for its test. */
export function findJumps(tracks: readonly { packets: Packets; timeBase: number }[]): Jump[] {
  const jumps: Jump[] = [];
  let lastPosition = 0;
  let before: Recording | null = null;
  let current = newRecording();
  for (const packet of inOrderOfFile(tracks)) {
    if (current.lastSec !== null && isJump(packet, current)) {
      // A packet of the recording before, which was still on its way, is no new jump.
      if (before?.lastSec != null && !isJump(packet, before)) continue;
      jumps.push({ before: lastPosition, position: packet.position });
      before = current;
      current = newRecording();
    }
    lastPosition = packet.position;
    current.lastSec = Math.max(current.lastSec ?? packet.timeSec, packet.timeSec);
    current.ofTrack.set(packet.track, packet.timeSec);
  }
  return jumps;
}

interface Recording {
  lastSec: number | null;
  ofTrack: Map<number, number>;
}

function newRecording(): Recording {
  return { lastSec: null, ofTrack: new Map() };
}

function isJump({ timeSec, track }: TimedPacket, { lastSec, ofTrack }: Recording): boolean {
  if (lastSec === null) return false;
  const isBack = timeSec < (ofTrack.get(track) ?? timeSec) - BACKWARD;
  return isBack || Math.abs(timeSec - lastSec) > LONGEST_GAP;
}

/** By position; a packet without one stands beside the one before it in its track. */
function inOrderOfFile(tracks: readonly { packets: Packets; timeBase: number }[]): TimedPacket[] {
  const all = tracks.flatMap(({ packets, timeBase }, track) => {
    let position = 0;
    return packets.pts.flatMap((pts, i): TimedPacket[] => {
      const told = packets.positions[i] as number;
      if (told >= 0) position = told;
      const dts = packets.dts[i] as number;
      const ticks = Number.isNaN(dts) ? pts : dts;
      return Number.isNaN(ticks) ? [] : [{ track, timeSec: ticks * timeBase, position }];
    });
  });
  return all.sort((a, b) => a.position - b.position);
}

const LARGEST_SEARCH = 2 ** 20; // bytes
const SYNC = 0x47;
const PACKET_LENGTHS = [188, 192, 204];

/**
 * The tables that a decoder needs stand a little before the first packet of a recording: from a jump back to the
 * program association table in front of it, but not into the recording before.
 */
async function startOfRecording(file: string, format: string, { before, position }: Jump): Promise<number> {
  if (format !== 'mpegts') return position;
  const from = Math.max(before + 1, position - LARGEST_SEARCH);
  const bytes = await readRegularPart(file, from, Math.max(0, position - from));
  for (let at = bytes.length - 1; at >= 0; at--) {
    const isTable = bytes[at] === SYNC && ((bytes[at + 1] ?? 0) & 0x5f) === 0x40 && bytes[at + 2] === 0; // PID 0
    const distance = position - from - at;
    if (isTable && PACKET_LENGTHS.some((length) => distance % length === 0)) return from + at;
  }
  return position;
}

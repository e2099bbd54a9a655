/** The parts of a file on its one clock: mostly one, several where recordings were joined byte by byte. */
import type { Segment } from '../../contract/index.ts';
import { findJoins } from './findJoins.ts';
import type { MediaInput } from './mediaInput.ts';
import { type Packets, type Probed, probeFile } from './probeFile.ts';
import { type AudioStream, readStreams, type Streams, type VideoStream } from './readStreams.ts';
import { keepPackets } from './recentPackets.ts';

/** What can be decoded by itself. */
export interface Part {
  input: MediaInput;
  streams: Streams;
  /** Pictures of its film by its packets; null in a large file, whose packets are listed when they are needed. */
  listedFrames: number | null;
  /** Seconds on the file's clock at which it begins. */
  atSec: number;
  /** Seconds. */
  lengthSec: number;
  /** Its own timestamp at its beginning, seconds: the file's clock counts from here. */
  originSec: number;
}

/** Seconds by which a header and the packets may differ before the packets are believed. */
const DECLARED_TOLERANCE = 0.1;
/** Seconds of sound at the beginning that no player plays. */
const LONGEST_PADDING = 0.1;
/** Seconds; a last picture without a length of its own is shown no longer. */
const LONGEST_LAST_PICTURE = 1;

/**
 * @param trustsHeader false where the file is known to be shorter than it says
 * @returns in order, each where the one before it ends; empty when nothing can be read
 */
export async function findParts(
  input: MediaInput,
  probed: Probed,
  options: { sizeBytes: number; trustsHeader: boolean; signal?: AbortSignal | undefined },
): Promise<Part[]> {
  const streams = readStreams(probed);
  const joins = await findJoins(input.file, streams.format, packetsOf(streams, probed.packets));
  if (joins.length === 0) return onClock([toPart(input, probed, options.trustsHeader)]);
  const edges = [0, ...joins, options.sizeBytes];
  const parts: ListedPart[] = [];
  for (const [i, start] of edges.slice(0, -1).entries()) {
    const bytes = { start, end: edges[i + 1] as number };
    const stretch = { ...input, demuxer: streams.format, bytes };
    // What holds no picture or sound of its own is a scrap between two recordings.
    const read = { withPackets: true, sizeBytes: bytes.end - start, signal: options.signal };
    const found = await probeFile(stretch, read).catch(() => {
      options.signal?.throwIfAborted();
      return null;
    });
    if (found !== null) parts.push(toPart(stretch, found, false));
  }
  return onClock(parts);
}

interface ListedPart {
  part: Part;
  packets: Probed['packets'];
}

function toPart(input: MediaInput, probed: Probed, trustsHeader: boolean): ListedPart {
  const streams = readStreams(probed);
  const { packets } = probed;
  const declaredSec = streams.durationSec ?? 0;
  const extents = packetsOf(streams, packets).map(({ track, packets }) => extentOf(track, packets));
  const starts = packets === null ? tracksOf(streams).map((t) => t.startSec ?? 0) : extents.map((e) => e.startSec);
  const originSec = starts.length > 0 ? Math.min(...starts) : 0;
  const readSec = packets === null ? declaredSec : Math.max(0, ...extents.map((e) => e.endSec - originSec));
  const agrees = Math.abs(declaredSec - readSec) <= DECLARED_TOLERANCE;
  const lengthSec = trustsHeader && agrees ? declaredSec : readSec;
  const listedFrames = (streams.video && packets?.get(streams.video.streamIndex)?.pts.length) ?? null;
  return { part: { input, streams, listedFrames, atSec: 0, lengthSec, originSec }, packets };
}

function onClock(parts: readonly ListedPart[]): Part[] {
  let atSec = 0;
  return parts
    .filter(({ part }) => part.lengthSec > 0)
    .map(({ part, packets }) => {
      const placed = { ...part, atSec };
      atSec += part.lengthSec;
      if (packets !== null) keepPackets(placed, packets);
      return placed;
    });
}

type Track = VideoStream | AudioStream;

function tracksOf({ video, audio }: Streams): Track[] {
  return [video, audio].filter((track) => track !== null);
}

function packetsOf(streams: Streams, packets: Probed['packets']) {
  return tracksOf(streams).flatMap((track) => {
    const list = packets?.get(track.streamIndex);
    return list ? [{ track, packets: list, timeBase: track.timeBase }] : [];
  });
}

/** Seconds, by the track's own timestamps; a track without any begins at 0. */
function extentOf(track: Track, packets: Packets): Segment {
  const oneSec = 'fps' in track && track.fps > 0 ? Math.min(1 / track.fps, LONGEST_LAST_PICTURE) : 0.04;
  const lengthOf = (i: number) => {
    const sec = (packets.durations[i] as number) * track.timeBase;
    return sec > 0 ? sec : oneSec;
  };
  let startSec = Number.POSITIVE_INFINITY;
  let endSec = Number.NEGATIVE_INFINITY;
  let untimedSec = 0;
  for (let i = 0; i < packets.pts.length; i++) {
    if (packets.flags[i]?.includes('D')) continue;
    const ticks = Number.isNaN(packets.pts[i]) ? packets.dts[i] : packets.pts[i];
    untimedSec += lengthOf(i);
    if (ticks === undefined || Number.isNaN(ticks)) continue;
    startSec = Math.min(startSec, ticks * track.timeBase);
    endSec = Math.max(endSec, ticks * track.timeBase + lengthOf(i));
  }
  if (!Number.isFinite(startSec)) return { startSec: 0, endSec: untimedSec };
  // The header knows how much of the first packet is a codec's padding.
  const isPadding = track.startSec !== null && Math.abs(track.startSec - startSec) <= LONGEST_PADDING;
  return { startSec: isPadding ? (track.startSec as number) : startSec, endSec };
}

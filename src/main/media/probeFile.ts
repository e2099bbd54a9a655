/** One run of ffprobe: what a file says of itself and, where wanted, the list of its packets. */
import { ffprobeLines } from './ffmpeg.ts';
import type { MediaInput } from './mediaInput.ts';

/** The packets of one stream in the order of the file. Times in ticks of its time base; NaN where it has none. */
export interface Packets {
  pts: number[];
  dts: number[];
  durations: number[];
  /** Bytes from the start of the file; NaN where it is not told. */
  positions: number[];
  /** "K": decoding can begin here; "D": cut away by an edit list. */
  flags: string[];
}

/** Names and values as ffprobe prints them: "codec_name", "tag:language", "disposition:default". */
export type Properties = Map<string, string>;

export interface Probed {
  format: Properties;
  streams: Properties[];
  /** By ffmpeg's index of the stream; null when they were not asked for. */
  packets: Map<number, Packets> | null;
}

export interface ProbeOptions {
  withPackets: boolean;
  /** Of the file: a large one takes longer. */
  sizeBytes: number;
  signal?: AbortSignal | undefined;
}

/** Bytes per second that even a slow drive gives. */
const SLOW_DRIVE = 5e6;

/** @throws PlayheadError as `ffprobeLines` does */
export async function probeFile(input: MediaInput, options: ProbeOptions): Promise<Probed> {
  const probed: Probed = { format: new Map(), streams: [], packets: options.withPackets ? new Map() : null };
  const packets = ['-show_packets', '-show_entries', 'packet=stream_index,pts,dts,duration,pos,flags'];
  const args = ['-of', 'compact', '-show_format', '-show_streams', ...(options.withPackets ? packets : [])];
  const timeLimitSec = 120 + options.sizeBytes / SLOW_DRIVE;
  await ffprobeLines(input, args, (line) => take(line, probed), { timeLimitSec, signal: options.signal });
  return probed;
}

function take(line: string, probed: Probed): void {
  if (line.startsWith('packet|')) takePacket(line, probed.packets);
  else if (line.startsWith('stream|')) probed.streams.push(toProperties(line));
  else if (line.startsWith('format|')) probed.format = toProperties(line);
}

const PACKET = /^packet\|stream_index=(\d+)\|pts=([^|]*)\|dts=([^|]*)\|duration=([^|]*)\|pos=([^|]*)\|flags=([^|\s]*)/;

function takePacket(line: string, packets: Probed['packets']): void {
  const [, stream, pts, dts, duration, position, flags] = PACKET.exec(line) ?? [];
  if (packets === null || stream === undefined) return;
  let list = packets.get(Number(stream));
  if (list === undefined) {
    list = { pts: [], dts: [], durations: [], positions: [], flags: [] };
    packets.set(Number(stream), list);
  }
  list.pts.push(Number(pts)); // "N/A" becomes NaN
  list.dts.push(Number(dts));
  list.durations.push(Number(duration));
  list.positions.push(Number(position));
  list.flags.push(flags ?? '');
}

const ESCAPED: Record<string, string> = { n: '\n', r: '\r', b: '', f: '' };

/** "stream|index=0|codec_name=h264|tag:title=a\|b": bars and ends of line within a value have a backslash. */
function toProperties(line: string): Properties {
  const properties: Properties = new Map();
  for (const field of line.split(/(?<!\\)\|/)) {
    const at = field.indexOf('=');
    if (at > 0) properties.set(field.slice(0, at), withoutEscapes(field.slice(at + 1)).trim());
  }
  return properties;
}

function withoutEscapes(text: string): string {
  return text.replace(/\\(.)/g, (_all, letter: string) => ESCAPED[letter] ?? letter);
}

/** What the media room says about files. Times are seconds from the start of the file, sizes bytes or pixels. */
import type { MediaFacts, Segment } from '../../contract/index.ts';
import type { RgbImage } from '../ports/rgbImage.ts';

/** A subtitle track inside a file, of text or of pictures. */
export interface SubtitleStream {
  /** ffmpeg's index of the stream within the file. */
  streamIndex: number;
  codec: string;
  /** ISO 639 code, or null. */
  language: string | null;
  title: string | null;
}

export interface MediaProbe extends MediaFacts {
  path: string;
  /** Null where only a full decode would tell. */
  frameCount: number | null;
  audioCodec: string | null;
  subtitles: SubtitleStream[];
  /** Milliseconds since the epoch, a whole number. */
  modifiedMs: number;
  /** What is reduced or odd, in words ("the file is cut off: …"). */
  notices: string[];
}

export interface SampledFrames {
  /** In time order; a frame that was sampled twice is the same object. */
  frames: RgbImage[];
  /** Index in the file, counted from 0, of each. */
  indices: number[];
  /** Presentation time of each, seconds from the start of the file. */
  timesSec: number[];
}

/** A piece of text that is shown or spoken at a time. */
export interface SubtitleCue extends Segment {
  text: string;
  /** Where it was read: "duet.en.srt", "subtitle track 2 (eng)". */
  source: string;
}

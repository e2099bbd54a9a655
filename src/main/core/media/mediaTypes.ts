/** What the media room says about files. Times are seconds from the start of the file, sizes bytes or pixels. */
import type { MediaKind } from '../../../contract/index.ts';
import type { RgbImage } from '../ports/rgbImage.ts';

/** A text subtitle track inside a file. */
export interface SubtitleStream {
  /** ffmpeg's index of the stream within the file. */
  streamIndex: number;
  codec: string;
  /** ISO 639 code, or null. */
  language: string | null;
  title: string | null;
}

export interface MediaProbe {
  path: string;
  kind: MediaKind;
  /** Of what can be read; 0 for an image. */
  durationSec: number;
  /** As displayed: rotation and pixel shape applied; 0 for sound alone. */
  width: number;
  height: number;
  /** Average frames per second; 0 for sound and images. */
  fps: number;
  /** Null where only a full decode would tell. */
  frameCount: number | null;
  hasAudio: boolean;
  videoCodec: string | null;
  audioCodec: string | null;
  /** Text subtitles only (pictures of text, such as DVD subtitles, are left out). */
  subtitles: SubtitleStream[];
  sizeBytes: number;
  /** Milliseconds since the epoch, a whole number. */
  modifiedMs: number;
  /** Recognises the same content under another path: sha256 over the size, the first and the last MiB (hex). */
  fingerprint: string;
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
export interface SubtitleCue {
  startSec: number;
  endSec: number;
  text: string;
  /** Where it was read: "duet.en.srt", "subtitle track 2 (eng)". */
  source: string;
}

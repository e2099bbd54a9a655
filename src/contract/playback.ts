/** How a file is played: as it is, or through pieces that are converted while it plays. Times are seconds. */
import * as z from 'zod';
import type { Segment } from './media.ts';

/** What the pictures of a converted piece are; the window asks for one that its engine can decode. */
export const playableFormats = ['h264', 'vp9'] as const;
export type PlayableFormat = (typeof playableFormats)[number];

/** A sound track of a file. */
export interface SoundTrack {
  /** ffmpeg's index of the stream within the file. */
  streamIndex: number;
  codec: string;
  channels: number;
  /** ISO 639 code, or null. */
  language: string | null;
  title: string | null;
}

/** What a window needs to know to decide whether it can play a file as it is. */
export interface PlaybackFacts {
  /** ffmpeg's demuxer: "mov,mp4,m4a,3gp,3g2,mj2". */
  container: string;
  videoCodec: string | null;
  /** Of the sound track that is chosen. */
  audioCodec: string | null;
  isHdr: boolean;
  /** False for a file that holds several recordings, whose own clock jumps. */
  hasOneClock: boolean;
  /** Pieces begin at whole multiples of this. */
  unitSec: number;
  soundTracks: SoundTrack[];
  /** Stream index of the track that plays, and that the model hears; null without sound. */
  soundTrack: number | null;
  /** True where it is the file's own choice, which players make, too. */
  isOwnSoundTrack: boolean;
  /** Hz; 0 without sound. */
  sampleRate: number;
  /** Of what can be read now. */
  durationSec: number;
  /** What the file says its length is, where more of it is missing than rounding; else null. */
  wholeSec: number | null;
  /** It was written to within the last seconds: another look tells whether it grows. */
  isFresh: boolean;
  /** It is longer than at the look before, and fresh. */
  isGrowing: boolean;
}

/** What is shown or spoken at a time. */
export interface SubtitleLine extends Segment {
  text: string;
  /** Where it was read: "duet.en.srt", "subtitle track 2 (eng)". */
  source: string;
}

/** What was chosen for a file in the player. Where it was left is among the person's marks. */
export const playerMemorySchema = z.object({
  /** Stream index; null for the file's own choice. */
  soundTrack: z.int().min(0).nullable().default(null),
  /** The source whose lines are shown; null for none. */
  subtitles: z.string().max(500).nullable().default(null),
});
export type PlayerMemory = z.infer<typeof playerMemorySchema>;
export const emptyPlayerMemory: PlayerMemory = { soundTrack: null, subtitles: null };

/** A piece of a file, converted. */
export interface PlayablePiece {
  format: PlayableFormat;
  /** Units from the beginning. */
  first: number;
  /** Units, 1 to 4. */
  count: number;
}

export const LONGEST_PIECE = 4;

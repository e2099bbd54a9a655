/** How a file is played: as it is, or through pieces that are converted while it plays. Times are seconds. */

/** What the pictures of a converted piece are; the window asks for one that its engine can decode. */
export const playableFormats = ['h264', 'vp9'] as const;
export type PlayableFormat = (typeof playableFormats)[number];

/** What a window needs to know to decide whether it can play a file as it is. */
export interface PlaybackFacts {
  /** ffmpeg's demuxer: "mov,mp4,m4a,3gp,3g2,mj2". */
  container: string;
  videoCodec: string | null;
  audioCodec: string | null;
  isHdr: boolean;
  /** False for a file that holds several recordings, whose own clock jumps. */
  hasOneClock: boolean;
  /** Pieces begin at whole multiples of this. */
  unitSec: number;
}

/** A piece of a file, converted. */
export interface PlayablePiece {
  format: PlayableFormat;
  /** Units from the beginning. */
  first: number;
  /** Units, 1 to 4. */
  count: number;
}

export const LONGEST_PIECE = 4;

/** A route for `PlayheadClient.urlOf`: the piece as fragmented MP4 whose clock begins at 0. */
export function playableRoute(mediaId: string, { format, first, count }: PlayablePiece): string {
  return `playable/${mediaId}.${format}.${first}.${count}`;
}

export function parsePlayableRoute(route: string): { mediaId: string; piece: PlayablePiece } | null {
  const match = /^\/?playable\/([^/.]+)\.(h264|vp9)\.(\d{1,7})\.([1-4])$/.exec(route);
  if (!match) return null;
  const [, mediaId = '', format, first, count] = match;
  return { mediaId, piece: { format: format as PlayableFormat, first: Number(first), count: Number(count) } };
}

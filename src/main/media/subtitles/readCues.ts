/** The bytes of one subtitle file or track -> its cues: encoding, format, markup. */
import { decodeText } from './decodeText.ts';
import type { Cue } from './formats/cueReader.ts';
import { parseSubtitles } from './parseSubtitles.ts';

export interface SubtitleText {
  bytes: Uint8Array;
  /** Lower case, with its dot. */
  extension: string;
  /** Encodings of the language that the name tells, the likeliest first. */
  hinted: readonly string[];
  /** Frames per second of the video; 0 when unknown. */
  fps: number;
}

export interface ReadCues {
  cues: Cue[];
  encoding: string;
  /** Another encoding that fits nearly as well, or null. */
  rival: string | null;
}

export async function readCues({ bytes, extension, hinted, fps }: SubtitleText): Promise<ReadCues> {
  const { text, encoding, rival } = await decodeText(bytes, hinted);
  return { cues: await parseSubtitles(text, extension, { fps }), encoding, rival };
}

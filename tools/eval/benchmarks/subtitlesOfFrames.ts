/** The subtitles on the screen at the frames that the model sees: what Video-MME puts before a question. */
import { readFile } from 'node:fs/promises';
import { openMedia } from '../../../src/main/media/openMedia.ts';
import { parseSubtitles } from '../../../src/main/media/subtitles/parseSubtitles.ts';

export interface SubtitledFilm {
  /** An .srt file. */
  subtitles: string;
  film: string;
  numFrames: number;
}

/** One line a frame, none where nothing is on the screen. */
export async function subtitlesOfFrames({ subtitles, film, numFrames }: SubtitledFilm): Promise<string> {
  const { durationSec, fps } = (await openMedia(film)).facts;
  const cues = await parseSubtitles(await readFile(subtitles, 'utf8'), '.srt');
  const rate = fps ?? 1;
  const lines = frameIndices(Math.round(durationSec * rate), numFrames).flatMap((index) => {
    const sec = index / rate;
    const cue = cues.find(({ startSec, endSec }) => startSec < sec && endSec > sec);
    return cue ? [cue.text.replaceAll('\n', ' ')] : [];
  });
  return lines.join('\n');
}

/** The middle of each of so many even parts, as the reference counts them. */
export function frameIndices(frames: number, wanted: number): number[] {
  const length = (frames - 1) / wanted;
  return Array.from({ length: wanted }, (_, part) =>
    Math.floor((roundHalfEven(length * part) + roundHalfEven(length * (part + 1))) / 2),
  );
}

/** As NumPy rounds. */
function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

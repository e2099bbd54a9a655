/** Which lines are shown, and which sources there are to choose from. */
import type { SubtitleLine } from '../../contract/playback.ts';

/** In the order in which they first speak. */
export function sourcesOf(lines: readonly SubtitleLine[]): string[] {
  return [...new Set(lines.map(({ source }) => source))];
}

/** The lines of one source at a moment, those that began first at the top. */
export function linesAt(lines: readonly SubtitleLine[], source: string | null, sec: number): string[] {
  return lines
    .filter((line) => line.source === source && line.startSec <= sec && sec < line.endSec)
    .map(({ text }) => text);
}

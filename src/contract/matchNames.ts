import type { MatchKind } from './types.ts';

/** What a person calls each way in which a moment was found; the window and the terminal say the same. */
export const matchNames: Record<MatchKind, string> = {
  caption: 'caption',
  screenText: 'text on screen',
  thing: 'thing seen',
  subtitle: 'subtitles',
  fileName: 'file name',
  folder: 'folder',
  tag: 'tag',
  meaning: 'meaning',
};

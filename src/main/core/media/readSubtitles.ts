import type { MediaProbe, SubtitleCue } from './mediaTypes.ts';

/** Text beside and inside a file; `notices` names what was there but could not be read. */
export async function readSubtitles(
  _probe: Pick<MediaProbe, 'path' | 'subtitles'>,
  _options: { signal?: AbortSignal } = {},
): Promise<{ cues: SubtitleCue[]; notices: string[] }> {
  throw new Error('not yet');
}

import type { SoundTrack } from '../../contract/playback.ts';

const layouts: Record<number, string> = { 1: 'mono', 2: 'stereo', 6: '5.1', 8: '7.1' };

/** "1 · English · Director's comments · ac3 5.1": the number, since tracks may be named alike. */
export function nameOfTrack(track: SoundTrack, place: number): string {
  const layout = layouts[track.channels] ?? `${track.channels} channels`;
  return [`${place + 1}`, languageName(track.language), track.title, `${track.codec} ${layout}`]
    .filter(Boolean)
    .join(' · ');
}

/** "English" for "eng"; a code that is none is shown as it is. */
function languageName(code: string | null): string | null {
  if (code === null) return null;
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

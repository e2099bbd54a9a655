/** What a file is in, in a word: the badge beside its name and the line below its picture. */
import type { MediaCheck, MediaItem } from '../../contract/media.ts';
import type { PlaybackFacts } from '../../contract/playback.ts';
import { formatTime } from './format.ts';

export interface FileState {
  id: 'offline' | 'moved' | 'growing' | 'truncated';
  badge: string;
  tone: 'warn' | 'bad' | 'plain';
  /** What still works, and what to do; null where the player says it itself. */
  note: string | null;
}

/** Null for a file that is whole and in its place. @param facts null until the engine has looked at it */
export function fileState(item: MediaItem, facts: PlaybackFacts | null, check: MediaCheck | null): FileState | null {
  if (item.state === 'offline' && check?.candidate)
    return {
      id: 'moved',
      badge: 'Moved',
      tone: 'warn',
      note: 'Stills, text and captions are kept and can be searched.',
    };
  if (item.state === 'offline') {
    const note = 'Stills, text and captions are kept and can be searched. It plays when the file is back.';
    return { id: 'offline', badge: 'Offline', tone: 'warn', note };
  }
  if (facts?.isGrowing) {
    const note = 'It grows while you watch. What was indexed is what was there then: index it again when it is whole.';
    return { id: 'growing', badge: 'Being written', tone: 'plain', note };
  }
  if (facts?.wholeSec) {
    const note = `The end of the file is missing. The first ${formatTime(facts.durationSec)} play. Copy it again, then press Try again.`;
    return { id: 'truncated', badge: 'End missing', tone: 'bad', note };
  }
  return null;
}

/** "4:10", "4:10 so far", "6:12 of about 19:00". */
export function lengthInWords(durationSec: number, facts: PlaybackFacts | null): string {
  const length = formatTime(durationSec);
  if (facts?.isGrowing) return `${length} so far`;
  return facts?.wholeSec ? `${length} of about ${formatTime(facts.wholeSec)}` : length;
}

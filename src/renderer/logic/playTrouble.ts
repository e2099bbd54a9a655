/** Why a file is not seen or heard in the player, and what still works. */
import type { MediaItem } from '../../contract/types.ts';

export interface PlayTrouble {
  what: string;
  hint: string;
}

const STILL_WORKS = 'Its thumbnails, search and answers work all the same.';

export function playTrouble(item: MediaItem, trouble: 'none' | 'no-picture' | null): PlayTrouble | null {
  if (item.state === 'offline') {
    return {
      what: 'This file is away: its drive is not connected, or it was moved.',
      hint: 'Connect the drive. What was found in it can still be read.',
    };
  }
  if (trouble === null || item.kind === 'image') return null;
  const codec = item.videoCodec ? ` (${item.videoCodec})` : '';
  return trouble === 'no-picture'
    ? { what: `This window cannot show this file’s picture${codec}; only its sound plays.`, hint: STILL_WORKS }
    : { what: `This window cannot play this file${codec}.`, hint: STILL_WORKS };
}

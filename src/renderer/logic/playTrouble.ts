/** Why a file is not seen or heard in the player, and what still works. */
import type { MediaCheck, MediaItem } from '../../contract/media.ts';

export interface PlayTrouble {
  what: string;
  hint: string;
  /** The file itself is at fault, and looking again may help. */
  canTryAgain: boolean;
  /** A file in the same folder that may be this one under another name. */
  candidate: string | null;
}

const STILL_WORKS = 'Its thumbnails, search and answers work all the same.';
const STILL_READ = 'What was found in it can still be read and searched.';

/**
 * @param trouble what the window met: nothing plays, or only the sound does
 * @param check what the engine found in the file; null while it is being looked at
 */
export function playTrouble(
  item: MediaItem,
  trouble: 'none' | 'no-picture' | null,
  check: MediaCheck | null,
): PlayTrouble | null {
  if (item.kind === 'image' && item.state !== 'offline') return null;
  const codec = item.videoCodec ? ` (${item.videoCodec})` : '';
  if (trouble === 'no-picture') {
    return told(`This window cannot show this file’s picture${codec}; only its sound plays.`, STILL_WORKS);
  }
  if (trouble === null && item.state !== 'offline') return null;
  if (check === null) return told('This file does not play. Looking why…', '');
  const { error, notices, candidate } = check;
  if (error) {
    return { what: error.message, hint: `${error.hint ?? ''} ${STILL_READ}`.trim(), canTryAgain: true, candidate };
  }
  const [notice] = notices;
  if (notice) return { ...told(notice, `Copy it again for the rest. ${STILL_READ}`), canTryAgain: true };
  return told(`This window cannot play this file${codec}.`, STILL_WORKS);
}

function told(what: string, hint: string): PlayTrouble {
  return { what, hint, canTryAgain: false, candidate: null };
}

/**
 * The link "playhead://ask?path=/home/you/film.mp4&start=12&end=30". Any web page or mail may hold one, so that it names
 * a file of this machine by its full path, in letters that can be seen, or it is refused unread.
 */
import { posix, win32 } from 'node:path';
import { type AskedClip, PlayheadError } from '../../../contract/index.ts';
import { isNetworkPath } from './networkPath.ts';
import { isReadable } from './readableText.ts';

export interface AskLink {
  path: string;
  clip: AskedClip;
}

/** The system starts us for links of this scheme; the app's own pages have it as well (`playhead://app/…`). */
export const linkScheme = 'playhead';

export function isLink(argument: string): boolean {
  return argument.slice(0, linkScheme.length + 1).toLowerCase() === `${linkScheme}:`;
}

/** Longer paths exist on no system that we know. Characters. */
const longestPath = 4096;

/**
 * @param system whose paths are meant
 * @throws PlayheadError `invalid-input`: not a link of ours, not a full path, a path on the network
 */
export function readAskLink(link: string, system: NodeJS.Platform = process.platform): AskLink {
  const url = parse(link);
  const path = url?.hostname.toLowerCase() === 'ask' ? url.searchParams.get('path') : null;
  if (!url || path === null)
    throw refused('This link is none that Playhead knows.', 'It has the form playhead://ask?path=…');
  if (path.length > longestPath || !isReadable(path)) throw refused('The path in this link cannot be read.');
  if (isNetworkPath(path)) {
    throw refused(
      'This link leads to a file on another computer.',
      'If you know the file, open it in Playhead yourself.',
    );
  }
  if (!isLocal(path, system)) throw refused('This link does not say the whole path of a file.');
  return { path, clip: clipOf(url.searchParams) };
}

function parse(link: string): URL | null {
  return isLink(link) && URL.canParse(link) ? new URL(link) : null;
}

/** The whole path, straight: one that turns back ("/home/../net/x") is not what it looks like. */
function isLocal(path: string, system: NodeJS.Platform): boolean {
  if (system !== 'win32') return path.startsWith('/') && posix.normalize(path) === path && !devices.test(path);
  const isStraight = win32.normalize(path) === path.replaceAll('/', '\\');
  return /^[a-z]:[\\/]/i.test(path) && isStraight && !path.split(/[\\/]/).some(isDevice);
}

/** Folders in which Linux shows its devices and itself: no films are there, but ways to every other folder. */
const devices = /^\/(dev|proc|sys)(\/|$)/;

/** "CON", "nul.mp4", "COM¹", "film.mp4:stream": names that Windows takes for devices and hidden streams. */
function isDevice(name: string, index: number): boolean {
  if (index === 0) return false;
  return /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)\s*(\.|$)/i.test(name) || name.includes(':');
}

function clipOf(query: URLSearchParams): AskedClip {
  const startSec = secondsOf(query.get('start')) ?? 0;
  const endSec = secondsOf(query.get('end'));
  if (endSec !== null && endSec > startSec) return { startSec, endSec };
  return startSec > 0 ? { startSec } : null;
}

function secondsOf(text: string | null): number | null {
  const seconds = Number.parseFloat(text ?? '');
  return Number.isFinite(seconds) && seconds >= 0 && seconds <= 1e6 ? seconds : null;
}

function refused(message: string, hint?: string): PlayheadError {
  return new PlayheadError({ code: 'invalid-input', message, hint: hint ?? 'Nothing was opened.' });
}

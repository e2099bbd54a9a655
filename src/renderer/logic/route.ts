import type { Within } from '../../contract/marks.ts';
import type { Segment } from '../../contract/media.ts';
import { formatWithin, parseWithin } from './within.ts';

/** The place in the app, kept in the address after '#', so that a reload keeps it. */
export type Route = LibraryRoute | { page: 'problems'; query: string } | MediaRoute;

export interface LibraryRoute {
  page: 'library';
  query: string;
  /** The part of it that is shown; all of it when left out. */
  within?: Within;
}

export interface MediaRoute {
  page: 'media';
  mediaId: string;
  /** Where the player stands first, in seconds. */
  timeSec: number | null;
  segmentId: string | null;
  /** A clip drawn by hand. */
  range: Segment | null;
  /** The search that led here: its hits are marked on the timeline. */
  query: string;
}

export const libraryRoute: Route = { page: 'library', query: '' };

export function mediaRoute(mediaId: string, rest: Partial<Omit<MediaRoute, 'page' | 'mediaId'>> = {}): MediaRoute {
  return { page: 'media', mediaId, timeSec: null, segmentId: null, range: null, query: '', ...rest };
}

/** "#/media/abc?t=12.3&seg=s4" and "#/library?q=words"; anything else is the library. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const params = new URLSearchParams(search);
  const query = params.get('q') ?? '';
  const [page, id] = path.split('/');
  if (page === 'problems') return { page, query };
  if (page !== 'media' || !id) return libraryAt(query, parseWithin(params.get('in') ?? ''));
  const time = Number.parseFloat(params.get('t') ?? '');
  return mediaRoute(decode(id), {
    timeSec: Number.isFinite(time) && time >= 0 ? time : null,
    segmentId: params.get('seg'),
    range: parseRange(params.get('clip') ?? ''),
    query,
  });
}

export function formatRoute(route: Route): string {
  const params = new URLSearchParams();
  if (route.page === 'media') {
    if (route.timeSec !== null) params.set('t', String(Math.round(route.timeSec * 10) / 10));
    if (route.segmentId !== null) params.set('seg', route.segmentId);
    if (route.range !== null) params.set('clip', `${route.range.startSec}-${route.range.endSec}`);
  }
  if (route.page === 'library' && formatWithin(route.within ?? {}) !== '')
    params.set('in', formatWithin(route.within ?? {}));
  if (route.query !== '') params.set('q', route.query);
  const path = route.page === 'media' ? `media/${encodeURIComponent(route.mediaId)}` : route.page;
  const search = params.toString();
  return `#/${path}${search === '' ? '' : `?${search}`}`;
}

function libraryAt(query: string, within: Within): LibraryRoute {
  return { page: 'library', query, ...(formatWithin(within) === '' ? {} : { within }) };
}

function parseRange(text: string): Segment | null {
  const [startSec = Number.NaN, endSec = Number.NaN] = text.split('-', 2).map(Number.parseFloat);
  return startSec >= 0 && endSec > startSec ? { startSec, endSec } : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

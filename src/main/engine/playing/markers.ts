/** Markers and chapters of a file, in the order of their times. A setting of the library, which is backed up with it. */
import * as z from 'zod';
import { type Marker, markerSchema, PlayheadError } from '../../../contract/index.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';

const MOST = 2000;
const stored = z.array(markerSchema);
type Settings = Pick<LibraryApi, 'getSetting' | 'setSetting'>;
/** One change after the other: each begins with what the one before it has left. */
let turn: Promise<unknown> = Promise.resolve();

const keyOf = (mediaId: string) => `markers/${mediaId}`;

/** @throws PlayheadError `internal` for what is damaged: it is the person's, and is never written over */
export async function listMarkers(library: Pick<Settings, 'getSetting'>, mediaId: string): Promise<Marker[]> {
  const text = await library.getSetting(keyOf(mediaId));
  return text === null ? [] : stored.parse(JSON.parse(text));
}

/** A new one, or another state of the one with its id. @throws PlayheadError `invalid-input` for one too many */
export function saveMarker(library: Settings, mediaId: string, marker: Marker): Promise<Marker[]> {
  return change(library, mediaId, (markers) => [...markers.filter(({ id }) => id !== marker.id), marker]);
}

export function removeMarker(library: Settings, mediaId: string, markerId: string): Promise<Marker[]> {
  return change(library, mediaId, (markers) => markers.filter(({ id }) => id !== markerId));
}

async function change(library: Settings, mediaId: string, to: (markers: Marker[]) => Marker[]): Promise<Marker[]> {
  const made = turn.then(async () => {
    const markers = to(await listMarkers(library, mediaId)).sort((a, b) => a.startSec - b.startSec);
    if (markers.length > MOST) {
      throw new PlayheadError({
        code: 'invalid-input',
        message: `A file can have ${MOST.toLocaleString('en')} markers.`,
        hint: 'Remove some first.',
      });
    }
    await library.setSetting(keyOf(mediaId), JSON.stringify(markers));
    return markers;
  });
  turn = made.catch(() => {}); // whoever asked for it hears of it
  return made;
}

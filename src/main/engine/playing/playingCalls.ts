/** The calls of the player: how a file is played, what is kept of it, its subtitles and its markers. */
import type { CallName, CallResults, EngineEvent, ParsedInput } from '../../../contract/index.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import { listMarkers, removeMarker, saveMarker } from './markers.ts';
import type { Playback } from './playback.ts';
import { changePlayerMemory, readPlayerMemory } from './playerMemory.ts';

export interface PlayingNeeds {
  library: Pick<LibraryApi, 'getSetting' | 'setSetting'>;
  playback: Pick<Playback, 'facts' | 'forget' | 'subtitles'>;
  emit(event: EngineEvent): void;
}

type PlayingCall = Extract<
  CallName,
  'playback' | 'subtitles' | 'playerMemory' | 'changePlayer' | 'listMarkers' | 'saveMarker' | 'removeMarker'
>;
type Calls = { [N in PlayingCall]: (input: ParsedInput<N>) => Promise<CallResults[N]> };

export function playingCalls({ library, playback, emit }: PlayingNeeds): Calls {
  const told = async <T>(mediaId: string, work: Promise<T>): Promise<T> => {
    const done = await work;
    emit({ type: 'libraryChanged', mediaIds: [mediaId] });
    return done;
  };
  return {
    playback: ({ mediaId }) => playback.facts(mediaId),
    subtitles: ({ mediaId }) => playback.subtitles(mediaId),
    playerMemory: ({ mediaId }) => readPlayerMemory(library, mediaId),
    changePlayer: ({ mediaId, ...change }) => changePlayerMemory(library, mediaId, change),
    listMarkers: ({ mediaId }) => listMarkers(library, mediaId),
    saveMarker: ({ mediaId, marker }) => told(mediaId, saveMarker(library, mediaId, marker)),
    removeMarker: ({ mediaId, markerId }) => told(mediaId, removeMarker(library, mediaId, markerId)),
  };
}

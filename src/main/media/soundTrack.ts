/** Another sound track of a file in place of the one that players take by themselves. Its clock stays. */
import { PlayheadError } from '../../contract/index.ts';
import type { Source } from './openSource.ts';
import type { Streams } from './readStreams.ts';

/** @throws PlayheadError `invalid-input` where the file has no such track */
export function withSoundTrack(source: Source, streamIndex: number | null): Source {
  if (streamIndex === null || streamIndex === source.streams.audio?.streamIndex) return source;
  const chosen = (streams: Streams): Streams => ({
    ...streams,
    audio: streams.sounds.find((sound) => sound.streamIndex === streamIndex) ?? streams.audio,
  });
  if (chosen(source.streams).audio?.streamIndex !== streamIndex) {
    throw new PlayheadError({
      code: 'invalid-input',
      message: 'The file has no such sound track any more.',
      hint: 'Choose another one in the player.',
      file: source.path,
    });
  }
  const parts = source.parts.map((part) => ({ ...part, streams: chosen(part.streams) }));
  return { ...source, streams: chosen(source.streams), parts };
}

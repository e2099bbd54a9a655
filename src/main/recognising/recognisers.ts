/** Every recogniser. Adding one: its folder here, its row in this list; a new kind of knowledge is a row in `contract/knowledge.ts`. */
import type { MediaItem } from '../../contract/index.ts';
import type { Recogniser } from './recogniser.ts';
import { speechRecogniser } from './speech/recogniseSpeech.ts';
import { textRecogniser } from './text/recogniseText.ts';
import { thingRecogniser } from './things/recogniseThings.ts';

/** In the order in which they look at a frame, or listen. */
export const recognisers: readonly Recogniser[] = [textRecogniser, thingRecogniser, speechRecogniser];

/** Those that have something to read in such a file. */
export function recognisersFor(
  { kind, hasAudio }: Pick<MediaItem, 'kind' | 'hasAudio'>,
  all: readonly Recogniser[] = recognisers,
): Recogniser[] {
  const senses = { frames: kind !== 'audio', sound: hasAudio, text: true };
  const fitting = all.filter(({ needs }) => senses[needs]);
  return fitting.every(({ needs }) => needs === 'text') ? [] : fitting;
}

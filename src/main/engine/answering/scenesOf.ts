import type { MediaItem } from '../../../contract/index.ts';
import { openMedia } from '../../media/openMedia.ts';
import { rememberPerFile } from '../../media/rememberPerFile.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { Scene } from './cutLooks.ts';

/** Seconds: in so short a file no cut is looked for. */
const ONE_SCENE = 2;

const remember = rememberPerFile<Scene[]>(16);

/** The scenes of a file: those of its index, or, for one that is not indexed, as the index would cut it. */
export async function scenesOf(
  library: Pick<LibraryApi, 'getMedia'>,
  item: MediaItem,
  signal: AbortSignal,
): Promise<Scene[]> {
  const { segments } = await library.getMedia(item.id);
  if (segments.length > 0) return segments;
  const whole = { startSec: 0, endSec: item.durationSec > 0 ? item.durationSec : 1 };
  if (item.kind === 'image' || whole.endSec <= ONE_SCENE) return [whole];
  const find = async () => (await (await openMedia(item.path, { signal })).scenes({ signal })).segments;
  return remember(item.path, 'scenes', find, signal);
}

/** Cuts a file into segments, each with its picture, and puts them into the library. */
import { join } from 'node:path';
import type { JobAttempt } from '../../jobs/jobAttempt.ts';
import type { LibraryApi, NewSegment } from '../../ports/libraryApi.ts';
import type { EngineFolders } from '../folders.ts';
import type { MediaStates } from '../mediaStates.ts';
import type { RegisteredFile } from '../registerFile.ts';
import type { Stopwatch } from '../stopwatch.ts';

export interface LayOutNeeds {
  library: Pick<LibraryApi, 'replaceSegments'>;
  states: Pick<MediaStates, 'announce'>;
  folders: Pick<EngineFolders, 'thumbnails'>;
}

/** @returns what was odd, in words */
export async function layOutSegments(
  { library, states, folders }: LayOutNeeds,
  { signal, progress }: Pick<JobAttempt, 'signal' | 'progress'>,
  { item, media, fingerprint }: RegisteredFile,
  watch: Stopwatch,
): Promise<string[]> {
  await progress(0.05, 'finding scenes');
  const { segments: planned, notices } = await watch.time('scenes', media.scenes({ signal }));
  const outFile = (index: number) => join(folders.thumbnails, item.id, `${fingerprint.slice(0, 8)}-${index}.jpg`);
  const wishes = planned.map((segment, index) => ({ segment, outFile: outFile(index) }));
  const onDone = (done: number) => progress(0.1 + (0.1 * done) / planned.length, 'making thumbnails');
  const written = await watch.time('thumbnails', media.thumbnails(wishes, { signal, onDone }));
  const segments: NewSegment[] = planned.map((segment, index) => ({
    ...segment,
    thumbnailPath: written[index] ? outFile(index) : null,
  }));
  signal.throwIfAborted();
  await library.replaceSegments(item.id, segments);
  states.announce(item.id);
  return notices;
}

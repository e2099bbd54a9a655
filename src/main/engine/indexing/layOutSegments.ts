/** Cuts a file into segments, each with its picture, and puts them into the library. Gives way every few seconds. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { SceneProgress } from '../../media/detectScenes.ts';
import type { LibraryApi, NewSegment } from '../../ports/libraryApi.ts';
import type { Stopwatch } from '../../ports/stopwatch.ts';
import type { EngineFolders } from '../folders.ts';
import type { MediaStates } from '../mediaStates.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import type { RegisteredFile } from '../registerFile.ts';
import type { BegunScenes } from './checkpoint.ts';
import type { Surveys } from './surveys.ts';

export interface LayOutNeeds {
  library: Pick<LibraryApi, 'replaceSegments'>;
  states: Pick<MediaStates, 'announce'>;
  folders: Pick<EngineFolders, 'thumbnails'>;
  surveys: Pick<Surveys, 'finish'>;
}

interface LayOut {
  needs: LayOutNeeds;
  attempt: Pick<JobAttempt, 'signal' | 'progress' | 'giveWay'>;
  file: RegisteredFile;
  scenes: { begun: BegunScenes | undefined; keep(scenes: BegunScenes): Promise<void> };
}

/** @returns what was odd, in words */
export async function layOutSegments({ needs, attempt, file, scenes }: LayOut, watch: Stopwatch): Promise<string[]> {
  const { signal, progress, giveWay } = attempt;
  const { item, media, fingerprint } = file;
  await progress(0.05, 'finding scenes');
  const begun = scenes.begun?.fingerprint === fingerprint ? scenes.begun.progress : undefined;
  const onProgress = async (found: SceneProgress) => {
    const share = Math.max(0, found.doneSec) / Math.max(1, media.facts.durationSec);
    await progress(0.05 + 0.05 * Math.min(1, share), 'finding scenes');
    await scenes.keep({ fingerprint, progress: found });
    await giveWay();
  };
  const { segments: planned, notices } = await watch.time('scenes', async () => {
    if (!begun?.isComplete) await needs.surveys.finish(media, attempt);
    return media.scenes({ signal, begun, onProgress });
  });
  const outFile = (index: number) => join(needs.folders.thumbnails, item.id, `${fingerprint.slice(0, 8)}-${index}.jpg`);
  const wishes = planned.map((segment, index) => ({ segment, outFile: outFile(index) }));
  // Those that were made before this job gave way are there.
  const there = new Set(begun?.isComplete ? await existing(wishes.map((wish) => wish.outFile)) : []);
  const missing = wishes.filter((wish) => !there.has(wish.outFile));
  const onDone = async (done: number) => {
    await progress(0.1 + (0.1 * (there.size + done)) / planned.length, 'making thumbnails');
    if (done < missing.length) await giveWay();
  };
  const written = await watch.time('thumbnails', () => media.thumbnails(missing, { signal, onDone }));
  for (const [index, wish] of missing.entries()) if (written[index]) there.add(wish.outFile);
  const segments: NewSegment[] = wishes.map(({ segment, outFile: picture }) => ({
    ...segment,
    thumbnailPath: there.has(picture) ? picture : null,
  }));
  signal.throwIfAborted();
  await needs.library.replaceSegments(item.id, segments);
  needs.states.announce(item.id);
  return notices;
}

async function existing(files: readonly string[]): Promise<string[]> {
  const isThere = await Promise.all(
    files.map((file) =>
      access(file)
        .then(() => true)
        .catch(() => false),
    ),
  );
  return files.filter((_file, index) => isThere[index]);
}

/** A folder that was fetched elsewhere (a USB disk, another library) as a source: the same manifest, the same checks. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { PlayheadError } from '../../contract/index.ts';
import { type FetchedPart, fetchedManifestName, readFetched } from './fetchedManifest.ts';
import type { ModelSource } from './modelSource.ts';

export function folderSource(folder: string): ModelSource {
  return {
    async list(repository) {
      const part = (await partsOf(folder)).find((each) => each.repository === repository);
      if (part) return part;
      throw new PlayheadError({
        code: 'not-found',
        message: `The folder holds no ${repository}.`,
        hint: 'Choose the folder into which it was fetched.',
        file: folder,
      });
    },
    async open({ listing, file, offset, signal }) {
      const part = (await partsOf(folder)).find((each) => each.repository === listing.repository);
      return createReadStream(join(folder, part?.into ?? '', file.path), {
        start: offset,
        signal,
        highWaterMark: 1 << 20,
      });
    },
  };
}

/** What the folder holds. @throws PlayheadError `not-found` without a manifest */
export async function partsOf(folder: string): Promise<FetchedPart[]> {
  const manifest = await readFetched(folder);
  if (manifest) return manifest.parts;
  throw new PlayheadError({
    code: 'not-found',
    message: `The folder was not fetched by Playhead, or not to its end: it has no ${fetchedManifestName}.`,
    hint: 'A checkpoint from elsewhere is taken over with `playhead models import`.',
    file: folder,
  });
}

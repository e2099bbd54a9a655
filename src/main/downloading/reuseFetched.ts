/** A file that an earlier revision brought is not fetched again: it is the same by its hash. */
import { copyFile, link, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ignore } from '../log/log.ts';
import { readFetched } from './fetchedManifest.ts';
import type { Wanted } from './fetchFile.ts';

/** @param revisions the folder whose subfolders hold one revision each */
export async function reuseFetched(revisions: string, { file, folder }: Wanted): Promise<void> {
  const target = join(folder, file.path);
  if (file.sha256 === null || (await stat(target).catch(() => null)) !== null) return;
  for (const name of await readdir(revisions)) {
    const manifest = await readFetched(join(revisions, name));
    for (const part of manifest?.parts ?? []) {
      const same = part.files.find((other) => other.sha256 === file.sha256 && other.size === file.size);
      if (!same) continue;
      await mkdir(dirname(target), { recursive: true });
      const source = join(revisions, name, part.into, same.path);
      const isLinked = await link(source, target).then(
        () => true,
        () => false,
      );
      // The hash is compared whatever came of it.
      if (!isLinked)
        await copyFile(source, target).catch(ignore('an earlier copy was not taken over', { file: source }));
      return;
    }
  }
}

/** A library in another folder: where its pictures are now. */
import { sep } from 'node:path';
import { openLibrary } from './openLibrary.ts';

/** Writes. The pictures of the library that was in `before` lie in `folder`. */
export function movePictures(folder: string, before: string): void {
  const { db } = openLibrary({ folder });
  try {
    db.prepare(
      `UPDATE segments SET thumbnail_path = @folder || substr(thumbnail_path, length(@before) + 1)
       WHERE substr(thumbnail_path, 1, length(@before)) = @before`,
    ).run({ folder: folder + sep, before: before + sep });
  } finally {
    db.close();
  }
}

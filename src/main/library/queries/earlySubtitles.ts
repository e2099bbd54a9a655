import type { NewKnowledge } from '../../ports/libraryApi.ts';
import type { WritableDatabase } from '../driver.ts';
import { inTransaction, prepared } from '../statements.ts';
import { PLACE_OF_NAME } from './fileWords.ts';
import { replaceKnowledge } from './segments.ts';

/** Writes. See `RootsApi.keepSubtitles`: they stand in the place of the file's name, which goes when it gets its segments. */
export function keepSubtitles(db: WritableDatabase, mediaId: string, subtitles: NewKnowledge[]): void {
  inTransaction(db, () => {
    const place = prepared<{ id: string }>(db, 'SELECT id FROM segments WHERE media_id = ? AND ordinal = ?').get(
      ...[mediaId, PLACE_OF_NAME],
    );
    if (place === undefined) return;
    prepared(
      db,
      'UPDATE segments SET end_sec = (SELECT duration_sec FROM media WHERE media.id = media_id) WHERE id = ?',
    ).run(place.id);
    replaceKnowledge(db, place.id, subtitles);
  });
}

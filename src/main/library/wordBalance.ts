/**
 * How much the person has written and been answered, in characters, whether it is still there or was deleted by them.
 * It only ever grows; where it has shrunk, something was lost.
 */
import type { ReadableDatabase, WritableDatabase } from './driver.ts';
import { getSetting, setSetting } from './queries/settings.ts';
import { prepared } from './statements.ts';

const DELETED = 'words.deleted';

const SUM_OF_CONVERSATION = `
  SELECT (SELECT length(title) FROM conversations WHERE id = @id)
    + (SELECT coalesce(sum(length(text)), 0) FROM messages WHERE conversation_id = @id) AS characters`;
const SUM_OF_ALL = `
  SELECT (SELECT coalesce(sum(length(title)), 0) FROM conversations)
    + (SELECT coalesce(sum(length(text)), 0) FROM messages) AS characters`;

/** Writes. What the person deletes is not lost. Before the conversation is deleted. */
export function countAsDeleted(db: WritableDatabase, conversationId: string): void {
  const row = prepared<{ characters: number | null }>(db, SUM_OF_CONVERSATION).get({ id: conversationId });
  if (!row?.characters) return;
  setSetting(db, DELETED, String(deletedCharacters(db) + row.characters));
}

/** Reads. Characters that are there, and those that the person deleted. */
export function wordBalance(db: ReadableDatabase): number {
  const row = prepared<{ characters: number }>(db, SUM_OF_ALL).get();
  return (row?.characters ?? 0) + deletedCharacters(db);
}

function deletedCharacters(db: ReadableDatabase): number {
  return Number(getSetting(db, DELETED) ?? 0) || 0;
}

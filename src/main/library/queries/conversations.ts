/** Conversations about files: the user's own words, kept whatever happens to the index. */
import { randomUUID } from 'node:crypto';
import type { Conversation, ConversationSummary, ErrorInfo, Message } from '../../../contract/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { notFound } from '../libraryErrors.ts';
import { inTransaction, prepared } from '../statements.ts';
import { countAsDeleted } from '../wordBalance.ts';
import {
  type ConversationRow,
  conversationChecksum,
  type MessageRow,
  messageChecksum,
  titleOf,
  toMessage,
} from './wordRows.ts';

export type NewMessage = Omit<Message, 'id' | 'createdAt'>;
export type MessageChange = Partial<Pick<Message, 'text' | 'state' | 'provenance' | 'error'>>;

/** Writes. @throws PlayheadError `not-found` when there is no such file. */
export function createConversation(
  db: WritableDatabase,
  mediaId: string,
  title: string,
  id: string = randomUUID(),
): Conversation {
  return inTransaction(db, () => {
    const media = prepared(db, 'SELECT 1 FROM media WHERE id = ? AND removed_at IS NULL').get(mediaId);
    if (media === undefined) throw notFound('file', mediaId);
    const now = new Date().toISOString();
    const row = { id, media_id: mediaId, title, created_at: now };
    prepared(
      db,
      `INSERT INTO conversations (id, media_id, title, created_at, updated_at, checksum)
       VALUES (@id, @media_id, @title, @created_at, @created_at, @checksum)`,
    ).run({ ...row, checksum: conversationChecksum(row) });
    return { id, mediaId, title, createdAt: now, updatedAt: now, messages: [] };
  });
}

/** Writes. @throws PlayheadError `not-found`. */
export function appendMessage(
  db: WritableDatabase,
  conversationId: string,
  message: NewMessage,
  id: string = randomUUID(),
): Message {
  return inTransaction(db, () => {
    const now = new Date().toISOString();
    touch(db, conversationId, now);
    const row = {
      id,
      conversation_id: conversationId,
      role: message.role,
      text: message.text,
      created_at: now,
      state: message.state,
      start_sec: message.segment?.startSec ?? null,
      end_sec: message.segment?.endSec ?? null,
      provenance: toJson(message.provenance),
      error: toJson(message.error),
    };
    prepared(
      db,
      `INSERT INTO messages (id, conversation_id, ordinal, role, text, created_at, state, start_sec, end_sec, provenance, error, checksum)
       VALUES (@id, @conversation_id,
         (SELECT coalesce(max(ordinal) + 1, 0) FROM messages WHERE conversation_id = @conversation_id),
         @role, @text, @created_at, @state, @start_sec, @end_sec, @provenance, @error, @checksum)`,
    ).run({ ...row, checksum: messageChecksum(row) });
    return { ...message, id, createdAt: now };
  });
}

/** Writes. What the change leaves out stays as it is. @throws PlayheadError `not-found`. */
export function updateMessage(db: WritableDatabase, messageId: string, change: MessageChange): void {
  inTransaction(db, () => {
    const row = prepared<MessageRow>(db, 'SELECT * FROM messages WHERE id = ?').get(messageId);
    if (row === undefined) throw notFound('message', messageId);
    const { text, state, provenance, error } = { ...toMessage(row), ...change };
    writeMessage(db, { ...row, text, state, provenance: toJson(provenance), error: toJson(error) });
    touch(db, row.conversation_id, new Date().toISOString());
  });
}

/** Reads. The conversations about a file, the latest first. */
export function listConversations(db: ReadableDatabase, mediaId: string): ConversationSummary[] {
  const rows = prepared<ConversationRow & { messageCount: number }>(
    db,
    `SELECT *, (SELECT count(*) FROM messages WHERE conversation_id = conversations.id) AS messageCount
     FROM conversations WHERE media_id = ? ORDER BY updated_at DESC, rowid DESC`,
  ).all(mediaId);
  return rows.map((row) => ({
    id: row.id,
    mediaId: row.media_id,
    title: titleOf(row),
    updatedAt: row.updated_at,
    messageCount: row.messageCount,
  }));
}

/** Reads. @throws PlayheadError `not-found`. */
export function getConversation(db: ReadableDatabase, conversationId: string): Conversation {
  const row = prepared<ConversationRow>(db, 'SELECT * FROM conversations WHERE id = ?').get(conversationId);
  if (row === undefined) throw notFound('conversation', conversationId);
  const messages = prepared<MessageRow>(db, 'SELECT * FROM messages WHERE conversation_id = ? ORDER BY ordinal').all(
    conversationId,
  );
  return {
    id: row.id,
    mediaId: row.media_id,
    title: titleOf(row),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    messages: messages.map(toMessage),
  };
}

/** Writes: the person's own wish alone. False when there is no such conversation. */
export function deleteConversation(db: WritableDatabase, conversationId: string): boolean {
  return inTransaction(db, () => {
    countAsDeleted(db, conversationId);
    return prepared(db, 'DELETE FROM conversations WHERE id = ?').run(conversationId).changes > 0;
  });
}

/**
 * Writes. Answers that were growing when their program was killed say so; those whose question is still queued are
 * answered soon.
 */
export function failInterruptedAnswers(db: WritableDatabase): void {
  const error: ErrorInfo = {
    code: 'cancelled',
    message: 'Playhead was closed before this answer was finished.',
    hint: 'Ask again.',
  };
  const broken = prepared<MessageRow>(
    db,
    `SELECT * FROM messages WHERE state = 'streaming' AND id NOT IN (
       SELECT coalesce(CASE WHEN json_valid(payload) THEN payload ->> 'messageId' END, '') FROM jobs
       WHERE state IN ('queued', 'paused'))`,
  ).all();
  for (const row of broken) writeMessage(db, { ...row, state: 'failed', error: JSON.stringify(error) });
}

/** Writes. What of a message can change, and its checksum. */
function writeMessage(db: WritableDatabase, row: MessageRow): void {
  prepared(
    db,
    `UPDATE messages SET text = @text, state = @state, provenance = @provenance, error = @error, checksum = @checksum
     WHERE id = @id`,
  ).run({ ...row, checksum: messageChecksum(row) });
}

function touch(db: WritableDatabase, conversationId: string, now: string): void {
  const { changes } = prepared(db, 'UPDATE conversations SET updated_at = ? WHERE id = ?').run(now, conversationId);
  if (changes === 0) throw notFound('conversation', conversationId);
}

function toJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

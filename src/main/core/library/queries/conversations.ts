/** Conversations about files: the user's own words, kept whatever happens to the index. */
import { randomUUID } from 'node:crypto';
import type { Conversation, ConversationSummary, ErrorInfo, Message } from '../../../../contract/index.ts';
import { notFound } from '../libraryErrors.ts';
import type { LibraryDatabase } from '../openLibrary.ts';
import { inTransaction, prepared } from '../statements.ts';

interface ConversationRow {
  id: string;
  media_id: string;
  title: string;
  created_at: string;
  updated_at: string;
}

interface MessageRow {
  id: string;
  role: Message['role'];
  text: string;
  created_at: string;
  state: Message['state'];
  start_sec: number | null;
  end_sec: number | null;
  provenance: string | null;
  error: string | null;
}

export type NewMessage = Omit<Message, 'id' | 'createdAt'>;
export type MessageChange = Partial<Pick<Message, 'text' | 'state' | 'provenance' | 'error'>>;

/** Writes. @throws PlayheadError `not-found` when there is no such file. */
export function startConversation(db: LibraryDatabase, mediaId: string, title: string): Conversation {
  return inTransaction(db, () => {
    const media = prepared(db, 'SELECT 1 FROM media WHERE id = ? AND removed_at IS NULL').get(mediaId);
    if (media === undefined) throw notFound('file', mediaId);
    const id = randomUUID();
    const now = new Date().toISOString();
    prepared(db, 'INSERT INTO conversations (id, media_id, title, created_at, updated_at) VALUES (?, ?, ?, ?, ?)').run(
      id,
      mediaId,
      title,
      now,
      now,
    );
    return { id, mediaId, title, createdAt: now, updatedAt: now, messages: [] };
  });
}

/** Writes. @throws PlayheadError `not-found`. */
export function addMessage(db: LibraryDatabase, conversationId: string, message: NewMessage): Message {
  return inTransaction(db, () => {
    const now = new Date().toISOString();
    touch(db, conversationId, now);
    const id = randomUUID();
    prepared(
      db,
      `INSERT INTO messages (id, conversation_id, ordinal, role, text, created_at, state, start_sec, end_sec, provenance, error)
       VALUES (@id, @conversationId, (SELECT count(*) FROM messages WHERE conversation_id = @conversationId),
         @role, @text, @now, @state, @startSec, @endSec, @provenance, @error)`,
    ).run({
      id,
      conversationId,
      role: message.role,
      text: message.text,
      now,
      state: message.state,
      startSec: message.segment?.startSec ?? null,
      endSec: message.segment?.endSec ?? null,
      provenance: toJson(message.provenance),
      error: toJson(message.error),
    });
    return { ...message, id, createdAt: now };
  });
}

/** Writes. What the change leaves out stays as it is. @throws PlayheadError `not-found`. */
export function changeMessage(db: LibraryDatabase, messageId: string, change: MessageChange): void {
  inTransaction(db, () => {
    const row = prepared<MessageRow & { conversation_id: string }>(db, 'SELECT * FROM messages WHERE id = ?').get(
      messageId,
    );
    if (row === undefined) throw notFound('message', messageId);
    const next = { ...toMessage(row), ...change };
    prepared(db, 'UPDATE messages SET text = ?, state = ?, provenance = ?, error = ? WHERE id = ?').run(
      next.text,
      next.state,
      toJson(next.provenance),
      toJson(next.error),
      messageId,
    );
    touch(db, row.conversation_id, new Date().toISOString());
  });
}

/** Reads. The conversations about a file, the latest first. */
export function listConversationsOf(db: LibraryDatabase, mediaId: string): ConversationSummary[] {
  return prepared<ConversationSummary>(
    db,
    `SELECT id, media_id AS mediaId, title, updated_at AS updatedAt,
       (SELECT count(*) FROM messages WHERE conversation_id = conversations.id) AS messageCount
     FROM conversations WHERE media_id = ? ORDER BY updated_at DESC, rowid DESC`,
  ).all(mediaId);
}

/** Reads. @throws PlayheadError `not-found`. */
export function readConversation(db: LibraryDatabase, conversationId: string): Conversation {
  const row = prepared<ConversationRow>(db, 'SELECT * FROM conversations WHERE id = ?').get(conversationId);
  if (row === undefined) throw notFound('conversation', conversationId);
  const messages = prepared<MessageRow>(db, 'SELECT * FROM messages WHERE conversation_id = ? ORDER BY ordinal').all(
    conversationId,
  );
  return {
    id: row.id,
    mediaId: row.media_id,
    title: row.title,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    messages: messages.map(toMessage),
  };
}

/** Writes: the person's own wish alone. False when there is no such conversation. */
export function dropConversation(db: LibraryDatabase, conversationId: string): boolean {
  return prepared(db, 'DELETE FROM conversations WHERE id = ?').run(conversationId).changes > 0;
}

/** Writes. Answers that were growing when their program was killed say so. */
export function failBrokenAnswers(db: LibraryDatabase): void {
  const error: ErrorInfo = {
    code: 'cancelled',
    message: 'Playhead was closed before this answer was finished.',
    hint: 'Ask again.',
  };
  prepared(db, "UPDATE messages SET state = 'failed', error = ? WHERE state = 'streaming'").run(JSON.stringify(error));
}

function touch(db: LibraryDatabase, conversationId: string, now: string): void {
  const { changes } = prepared(db, 'UPDATE conversations SET updated_at = ? WHERE id = ?').run(now, conversationId);
  if (changes === 0) throw notFound('conversation', conversationId);
}

function toMessage(row: MessageRow): Message {
  const hasSegment = row.start_sec !== null && row.end_sec !== null;
  return {
    id: row.id,
    role: row.role,
    text: row.text,
    createdAt: row.created_at,
    state: row.state,
    segment: hasSegment ? { startSec: row.start_sec as number, endSec: row.end_sec as number } : null,
    provenance: row.provenance === null ? null : JSON.parse(row.provenance),
    error: row.error === null ? null : JSON.parse(row.error),
  };
}

function toJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** A question as it is put: what is asked, the answer that is still to come, and the job that answers it. */
import type { NewQuestion } from '../../ports/libraryApi.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { notFound } from '../libraryErrors.ts';
import { inTransaction, prepared } from '../statements.ts';
import { appendMessage, createConversation } from './conversations.ts';
import { insertJob } from './jobs.ts';

/** Characters of a question that become the title of its conversation. */
const TITLE_LENGTH = 80;

/** Writes, all of it or nothing. @throws PlayheadError `not-found`: no such file, or no such conversation about it. */
export function addQuestion(db: WritableDatabase, asked: NewQuestion): void {
  const { mediaId, conversationId, isFirst, question, answerId, job, segment } = asked;
  const nothingYet = { segment, provenance: null, error: null };
  inTransaction(db, () => {
    if (isFirst) createConversation(db, mediaId, question.slice(0, TITLE_LENGTH), conversationId);
    else requireConversation(db, conversationId, mediaId);
    appendMessage(db, conversationId, { role: 'user', text: question, state: 'done', ...nothingYet });
    appendMessage(db, conversationId, { role: 'assistant', text: '', state: 'streaming', ...nothingYet }, answerId);
    insertJob(db, job);
  });
}

function requireConversation(db: ReadableDatabase, id: string, mediaId: string): void {
  const found = prepared(db, 'SELECT 1 FROM conversations WHERE id = ? AND media_id = ?').get(id, mediaId);
  if (found === undefined) throw notFound('conversation', id);
}

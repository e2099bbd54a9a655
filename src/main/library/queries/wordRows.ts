/** Rows of conversations and messages, with the checksum that tells whether they are still as they were written. */
import type { ErrorInfo, Message } from '../../../contract/index.ts';
import { checksumOf } from '../checksums.ts';

export interface ConversationRow {
  id: string;
  media_id: string;
  title: string;
  created_at: string;
  updated_at: string;
  checksum: string | null;
}

export interface MessageRow {
  id: string;
  conversation_id: string;
  ordinal: number;
  role: Message['role'];
  text: string;
  created_at: string;
  state: Message['state'];
  start_sec: number | null;
  end_sec: number | null;
  provenance: string | null;
  error: string | null;
  checksum: string | null;
}

/** `updated_at` is left out: it changes with every message, and is nobody's words. */
export function conversationChecksum(row: Omit<ConversationRow, 'updated_at' | 'checksum'>): string {
  return checksumOf([row.id, row.media_id, row.title, row.created_at]);
}

export function messageChecksum(row: Omit<MessageRow, 'ordinal' | 'checksum'>): string {
  const { start_sec, end_sec, provenance, error } = row;
  const words = [row.id, row.conversation_id, row.role, row.text, row.created_at, row.state];
  return checksumOf([...words, start_sec, end_sec, provenance, error]);
}

/** The title as it was written, or words that say that it is not there any more. */
export function titleOf(row: Omit<ConversationRow, 'updated_at'>): string {
  return conversationChecksum(row) === row.checksum ? row.title : '(this title was damaged on the disk)';
}

/** A message as it was written. One that is damaged is left without its text, and says so. */
export function toMessage(row: MessageRow): Message {
  return messageChecksum(row) === row.checksum ? soundMessage(row) : damagedMessage(row);
}

function soundMessage(row: MessageRow): Message {
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

const damage: ErrorInfo = {
  code: 'library-damaged',
  message: 'This message was damaged on the disk, so it is not shown.',
  hint: 'It may still be whole in one of the copies of your library: `playhead restore --list` names them.',
};

function damagedMessage({ id, role, created_at }: MessageRow): Message {
  return { id, role, text: '', createdAt: created_at, state: 'failed', segment: null, provenance: null, error: damage };
}

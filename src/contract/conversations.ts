/** What was asked about a file, and answered. */
import type { Provenance } from './answers.ts';
import type { ErrorInfo } from './errors.ts';
import type { Segment } from './media.ts';

export interface Message {
  id: string;
  role: 'user' | 'assistant';
  text: string;
  createdAt: string;
  /** `streaming` while it grows; `stopped` when the person stopped it. */
  state: 'done' | 'streaming' | 'stopped' | 'failed';
  segment: Segment | null;
  provenance: Provenance | null;
  error: ErrorInfo | null;
}

export interface Conversation {
  id: string;
  mediaId: string;
  title: string;
  createdAt: string;
  updatedAt: string;
  messages: Message[];
}

export interface ConversationSummary {
  id: string;
  mediaId: string;
  title: string;
  updatedAt: string;
  messageCount: number;
}

/** A conversation on the screen against the same one in the engine, while text is streaming. */
import type { Message } from '../../contract/conversations.ts';

/**
 * The engine's messages, but never less text than is already shown: what streamed in may be ahead of what was stored.
 */
export function mergeMessages(shown: readonly Message[], stored: readonly Message[]): Message[] {
  const texts = new Map(shown.map((message) => [message.id, message.text]));
  return stored.map((message) => {
    const known = texts.get(message.id) ?? '';
    return message.state === 'streaming' && known.length > message.text.length ? { ...message, text: known } : message;
  });
}

/** The question that an answer belongs to. */
export function questionOf(messages: readonly Message[], answerId: string): Message | null {
  const at = messages.findIndex((message) => message.id === answerId);
  for (let i = at - 1; i >= 0; i--) if (messages[i]?.role === 'user') return messages[i] ?? null;
  return null;
}

/** A job's stage as a person reads it while an answer is awaited. */
export function stageInWords(stage: string): string {
  if (stage === '' || stage === 'starting' || stage === 'waiting') return 'Looking and listening';
  return `${stage.charAt(0).toUpperCase()}${stage.slice(1)}`;
}

export function draftMessage(role: Message['role'], id: string, rest: Partial<Message> = {}): Message {
  return {
    id,
    role,
    text: '',
    createdAt: new Date().toISOString(),
    state: role === 'user' ? 'done' : 'streaming',
    segment: null,
    provenance: null,
    error: null,
    ...rest,
  };
}

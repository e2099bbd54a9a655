/**
 * A question about media as token ids, as in the reference (DAMO-NLP-SG/VideoLLaMA2, `mm_infer` and
 * `tokenizer_multimodal_token`): "<video>\n{question}" as the user's turn, the rendered text split at the modal
 * token, each part tokenised by itself. The modal token becomes a placeholder that media tokens replace. In a talk it
 * stands before the first question, as in the reference.
 */
import type { ChatMessage, ChatTemplate } from './chatTemplate.ts';
import type { TextTokenizer } from './textTokenizer.ts';
import { cutControlTokens, withoutCuts } from './typedText.ts';

export type ModalToken = '<image>' | '<video>' | '<audio>';

/** The reference's `MODAL_INDEX_MAP`. */
export const modalPlaceholders: Record<ModalToken, number> = { '<image>': -200, '<video>': -201, '<audio>': -202 };

export interface MediaPrompt {
  /** The rendered chat, with the modal token in it. */
  text: string;
  /** Everything before the media: the same for every question about a clip. */
  before: number[];
  /** Everything after: the question and the beginning of the model's turn. */
  after: number[];
  /** before, the placeholder, after: the reference's `input_ids`. */
  inputIds: number[];
}

export interface MediaPromptInput {
  modalToken: ModalToken;
  question: string;
  /** Earlier questions and answers, oldest first. */
  history?: readonly { question: string; answer: string }[];
  /** Null for none beyond the template's own. */
  systemMessage: string | null;
  /** True to take control tokens in questions and answers for what they are, as the reference does. */
  asReference?: boolean;
}

export function tokenizeMediaPrompt(
  tokenizer: TextTokenizer,
  chatTemplate: ChatTemplate,
  { modalToken, question, history = [], systemMessage, asReference = false }: MediaPromptInput,
): MediaPrompt {
  const typed = (text: string) => (asReference ? text : cutControlTokens(text, tokenizer.controlTokens));
  const turns = [...history, { question }].map((turn) => ({
    question: typed(turn.question),
    ...('answer' in turn ? { answer: typed(turn.answer) } : {}),
  }));
  const messages = turnsOf(turns, modalToken);
  if (systemMessage !== null) messages.unshift({ role: 'system', content: systemMessage });
  const text = chatTemplate(messages);
  const [beforeText, afterText] = splitAtModalToken(text, modalToken, systemMessage);
  const before = tokenizer.encode(beforeText);
  const after = tokenizer.encode(afterText);
  return { text: withoutCuts(text), before, after, inputIds: [...before, modalPlaceholders[modalToken], ...after] };
}

function turnsOf(turns: readonly { question: string; answer?: string }[], modalToken: ModalToken): ChatMessage[] {
  return turns.flatMap(({ question, answer }, index): ChatMessage[] => [
    { role: 'user', content: index === 0 ? `${modalToken}\n${question}` : question },
    ...(answer === undefined ? [] : [{ role: 'assistant', content: answer } as const]),
  ]);
}

/** The media stand at the token before the question; the same letters within the question are only letters. */
function splitAtModalToken(text: string, modalToken: ModalToken, systemMessage: string | null): [string, string] {
  const afterSystem = systemMessage === null ? 0 : Math.max(text.indexOf(systemMessage), 0) + systemMessage.length;
  const place = text.indexOf(modalToken, afterSystem);
  if (place < 0) throw new Error(`the chat template left out the user's ${modalToken}`);
  return [text.slice(0, place), text.slice(place + modalToken.length)];
}

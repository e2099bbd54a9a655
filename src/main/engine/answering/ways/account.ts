/** What happens: what each look shows, in the order of the file. */
import type { AnswerPart, MediaKind, ModelSummary } from '../../../../contract/index.ts';
import { captionQuestion } from '../../../answering/tasks/captionQuestion.ts';
import { isSameStretch, type Look } from '../cutLooks.ts';
import { type Inquiry, partOf, type Reply, type Way } from '../way.ts';

/** Whose captions of the index are the model's own answer. */
export interface CaptionSource extends Pick<ModelSummary, 'name' | 'version'> {
  kind: MediaKind;
  /** False where other senses are asked for than a caption was made from. */
  isUsable: boolean;
}

export function account(looks: readonly Look[], captions: CaptionSource): Way {
  return {
    inquiries: looks.map((look) => accountOf(look, captions)),
    order: 'in time',
    join: (replies) => ({ summary: '', parts: joinRepeats(replies) }),
  };
}

/** What happens in one look: its caption in the index, else the question that the model was taught for it. */
export function accountOf(look: Look, captions: CaptionSource, about?: string): Inquiry {
  const known = captions.isUsable ? captionOf(look, captions) : undefined;
  return { look, question: captionQuestion(captions), about, known };
}

function captionOf(look: Look, { name, version }: CaptionSource): string | undefined {
  return look.knowledge.find(
    (piece) =>
      piece.kind === 'caption' &&
      piece.source === name &&
      piece.sourceVersion === version &&
      isSameStretch(piece, look),
  )?.text;
}

/** What is said of neighbours in the same words is said once. */
export function joinRepeats(replies: readonly Reply[]): AnswerPart[] {
  const parts: AnswerPart[] = [];
  for (const reply of replies) {
    const text = reply.text.trim();
    if (text === '' || reply.meaning === 'absent') continue;
    const last = parts.at(-1);
    if (last && last.text === text && Math.abs(last.endSec - reply.look.startSec) < 0.05)
      last.endSec = reply.look.endSec;
    else parts.push(partOf(reply, text));
  }
  return parts;
}

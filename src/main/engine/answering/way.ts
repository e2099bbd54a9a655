/** How a question about several looks is answered: what each look is asked, and how the replies are joined. */
import type { AnswerPart, Evidence } from '../../../contract/index.ts';
import { countScenes } from '../../../contract/index.ts';
import type { Look } from './cutLooks.ts';
import type { Meaning } from './readReply.ts';

/** One question to one look. */
export interface Inquiry {
  look: Look;
  question: string;
  /** What it is asked for, where a way asks for several things. */
  about?: string;
  /** Asked in words of our own, beside what matters: where the model does not understand them, it goes without. */
  isOptional?: boolean;
  /** The reply where it is in the index: the model is not asked then. */
  known?: string;
}

export interface Reply extends Inquiry {
  text: string;
  meaning: Meaning;
}

/** An answer, put together. */
export interface Joined {
  summary: string;
  parts: AnswerPart[];
}

/** What was looked at, for answers that speak of "all 5 scenes". Looks at unknown footage do not count. */
export interface Scope extends Pick<Evidence, 'unit' | 'total'> {
  lookedAt: number;
}

export interface Way {
  /** In the order of the file. */
  inquiries: Inquiry[];
  /** In which order they are asked. */
  order: 'in time' | 'backwards' | 'likeliest first';
  /** Ends the asking early. */
  isEnough?(replies: readonly Reply[]): boolean;
  /** What is asked afterwards, of what was found. @param replies in the order of the file */
  next?(replies: readonly Reply[]): Inquiry[];
  /** @param replies all of them, in the order of the file */
  join(replies: readonly Reply[], scope: Scope): Joined;
}

/** "all 5 scenes", "the 5 of 12 scenes that were looked at" */
export function theScenes({ lookedAt, total, unit }: Scope): string {
  if (lookedAt < total) return `the ${lookedAt} of ${countScenes(total, unit)} that were looked at`;
  return total === 1 ? `the ${unit}` : `the ${countScenes(total, unit)}`;
}

/** A part that says something of its own, or (without text) only where the answer stands. */
export function partOf({ look }: Pick<Reply, 'look'>, text = ''): AnswerPart {
  return { startSec: look.startSec, endSec: look.endSec, text };
}

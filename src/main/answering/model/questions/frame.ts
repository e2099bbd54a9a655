/** What a frame is: the form of a question, and the plan that its parts make. */
import type { Atom } from './atoms.ts';
import type { QuestionWords } from './questionsFile.ts';

/** Something that a question takes for granted, and the answer where it is not so. */
export interface Premise {
  /** Answered by yes or no. */
  question: string;
  /** "There is no star." */
  otherwise: string;
}

export type Half = 'first' | 'second';

/** One more question about the same clip, or about what one half of it shows. */
export interface Further {
  question: string;
  half?: Half;
}

/** What the model is asked, and what its answer means for the question as the person put it. */
export interface Plan {
  /** What sort of question it is. */
  kind: string;
  /** In the model's own words. */
  asked: string;
  /** What is asked after that, as its answer says. */
  further?: (answer: string) => readonly Further[];
  /** The answer to the person's question, from the model's, and those to the further ones; left out where they are the same. */
  tell?: (answer: string, further: readonly string[]) => string;
  /** Asked first, where the model would answer for what is not there as well. */
  takesForGranted?: readonly Premise[];
}

/** A question's parts, as the frames look at them. */
export interface Parts {
  atoms: readonly Atom[];
  lexicon: QuestionWords;
  /** The first part of a kind. */
  one(kind: string): Atom;
  all(kind: string): Atom[];
}

export interface Frame {
  kind: string;
  /** open: "What …?", "Count …". closed: "Is …?", "Do …?", and what has no verb: "any beeps?" */
  form: 'open' | 'closed' | 'any';
  /** The kinds of all parts, in order. */
  parts: RegExp;
  /** @returns null where the parts fit and yet make no question */
  plan(parts: Parts): Omit<Plan, 'kind'> | null;
}

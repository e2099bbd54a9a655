/** All the ways in which one word of a question may stand in the index. */
import type { ReadableDatabase } from '../driver.ts';
import { inPlural, knownOfKind } from './knownOfKind.ts';
import type { QueryWord } from './parseQuestion.ts';
import { isQualifying } from './qualifiers.ts';
import { synonymsOf } from './synonyms.ts';
import { isWord, wordsContaining, wordsNear, wordsStartingWith } from './vocabulary.ts';
import { formsOf } from './wordForms.ts';
import { isUnspacedScript, wordsOf } from './words.ts';

export type Likeness = 'exact' | 'form' | 'synonym' | 'beginning' | 'inside' | 'apart' | 'misspelt';

export interface Alternative {
  /** Folded words that follow each other; mostly one. */
  terms: string[];
  likeness: Likeness;
}

export interface ExpandedWord {
  /** As it was asked, folded: "cell phone". */
  asked: string;
  /** A phrase in quotes, or a word in them. */
  isQuoted: boolean;
  /** It says what something is like or how many there are, not what it is. */
  isQualifier: boolean;
  /** The word itself and its forms. */
  asAsked: Alternative[];
  /** These, its synonyms, parts of words and guesses. */
  inAnyWay: Alternative[];
}

const MOST_OF_A_KIND = 40;

/**
 * Reads. Guesses are made only for a word that is found nowhere as it is, so that a right word is never
 * drowned in similar ones. What stood in quotes is taken as it is.
 * @param isFound tells whether the searched files hold any of these alternatives.
 */
export function expandWord(
  db: ReadableDatabase,
  word: QueryWord,
  isFound: (alternatives: Alternative[]) => boolean,
): ExpandedWord {
  const asked = word.terms.join(' ');
  const { isQuoted } = word;
  const isQualifier = !isQuoted && isQualifying(asked);
  if (isQuoted) {
    const asIs: Alternative[] = [{ terms: word.terms, likeness: 'exact' }];
    return { asked, isQuoted, isQualifier, asAsked: asIs, inAnyWay: asIs };
  }
  const certain = distinct([...certainAlternatives(word.terms), ...kindAlternatives(db, asked)]);
  const term = word.terms.length === 1 ? word.terms[0] : undefined;
  const guesses = term === undefined ? [] : guessAlternatives(db, term, isFound(certain));
  return {
    asked,
    isQuoted,
    isQualifier,
    asAsked: certain.filter(({ likeness }) => likeness !== 'synonym'),
    inAnyWay: distinct([...certain, ...guesses]),
  };
}

function certainAlternatives(terms: string[]): Alternative[] {
  const name = terms.join(' ');
  const last = terms.at(-1) as string;
  const forms = formsOf(last).map((form) => [...terms.slice(0, -1), form]);
  const synonyms = [name, ...forms.map((form) => form.join(' '))].flatMap(synonymsOf).map(wordsOf);
  const synonymForms = synonyms.flatMap(inPlural);
  return distinct([
    { terms, likeness: 'exact' },
    ...forms.map((form) => ({ terms: form, likeness: 'form' as const })),
    ...[...synonyms, ...synonymForms].map((synonym) => ({ terms: synonym, likeness: 'synonym' as const })),
  ]);
}

/** A wider word finds the narrower ones. */
function kindAlternatives(db: ReadableDatabase, asked: string): Alternative[] {
  return knownOfKind(db, asked).map((terms) => ({ terms, likeness: 'synonym' }));
}

function guessAlternatives(db: ReadableDatabase, term: string, isFoundAsItIs: boolean): Alternative[] {
  const unspaced = isUnspacedScript(term);
  const shortestBeginning = unspaced ? 1 : 4;
  const shortestInside = unspaced ? 1 : 5;
  const beginning = term.length >= shortestBeginning ? wordsStartingWith(db, term, MOST_OF_A_KIND) : [];
  const inside = term.length >= shortestInside ? wordsContaining(db, term, MOST_OF_A_KIND) : [];
  const apart = splitIntoWords(db, term);
  const isHopeless = !isFoundAsItIs && beginning.length + inside.length + apart.length === 0;
  const misspelt = isHopeless ? wordsNear(db, term, MOST_OF_A_KIND) : [];
  return [
    ...beginning.map((word) => ({ terms: [word], likeness: 'beginning' as const })),
    ...inside.map((word) => ({ terms: [word], likeness: 'inside' as const })),
    ...apart.map((parts) => ({ terms: parts, likeness: 'apart' as const })),
    ...misspelt.map((word) => ({ terms: [word], likeness: 'misspelt' as const })),
  ];
}

/** "aquilastrings" was typed, "Aquila Strings" is known. */
function splitIntoWords(db: ReadableDatabase, term: string): string[][] {
  const splits: string[][] = [];
  for (let at = 3; at <= term.length - 3; at++) {
    const parts = [term.slice(0, at), term.slice(at)];
    if (parts.every((part) => isWord(db, part))) splits.push(parts);
  }
  return splits;
}

function distinct(alternatives: Alternative[]): Alternative[] {
  const byTerms = new Map<string, Alternative>();
  for (const alternative of alternatives) {
    const key = alternative.terms.join(' ');
    if (!byTerms.has(key)) byTerms.set(key, alternative);
  }
  return [...byTerms.values()];
}

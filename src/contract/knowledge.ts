/** The kinds of knowledge about a stretch of a file, one row a kind: search, storage, window and terminal go by these rows. */

export interface WordColumn {
  /** What a word in it says about a segment, against the others (BM25). */
  weight: number;
  /** Its words may be written together, so that one is found inside another: "AQUILA" in "AQUILASTRINGS". */
  isGlued?: boolean;
  /** Its pieces follow each other: a sentence runs over two of them, and one may begin in the segment before. */
  runsOn?: boolean;
}

/** The columns of the full-text index, in their order. Another column is a migration of the index. */
export const wordColumns = {
  /** Sentences about what is seen and heard. */
  described: { weight: 2 },
  /** What stands on the screen. */
  written: { weight: 3, isGlued: true },
  /** Single things, by their names: each says more about a segment than one of many spoken words. */
  named: { weight: 3 },
  said: { weight: 1.5, runsOn: true },
} satisfies Record<string, WordColumn>;
export type WordColumnName = keyof typeof wordColumns;
export const wordColumnNames = Object.keys(wordColumns) as WordColumnName[];

interface KnowledgeTraits {
  /** Over its pieces in the window; the kinds are shown in the order of these rows. */
  heading: string;
  /** Why a moment was found, before "at 0:12". */
  matchName: string;
  /** How one is told in a sentence, in place of {}. */
  told: string;
  /** Its texts are found by what they mean, too. */
  hasMeaning?: boolean;
  /** Where its words are searched. */
  words: WordColumnName;
}

/** Adding a kind is a row here; what gives it is a recogniser. */
export const knowledgeKinds = {
  caption: { heading: 'Caption', matchName: 'caption', told: '{}', words: 'described', hasMeaning: true },
  screenText: {
    heading: 'Text on screen',
    matchName: 'written on screen',
    told: 'On the screen: “{}”',
    words: 'written',
    hasMeaning: true,
  },
  thing: { heading: 'Things seen', matchName: 'seen', told: 'Seen: {}', words: 'named' },
  speech: { heading: 'Speech heard', matchName: 'heard', told: 'Heard: {}', words: 'described' },
  subtitle: { heading: 'Subtitles', matchName: 'said', told: 'Said: “{}”', words: 'said', hasMeaning: true },
} satisfies Record<string, KnowledgeTraits>;
export type KnowledgeKind = keyof typeof knowledgeKinds;
export const knowledgeKindNames = Object.keys(knowledgeKinds) as KnowledgeKind[];

/** What a moment is found by besides the knowledge of its segment. */
export const otherMatches = {
  fileName: { matchName: 'file name', isGlued: true },
  folder: { matchName: 'folder', isGlued: true },
  tag: { matchName: 'tag', isGlued: false },
  meaning: { matchName: 'meaning', isGlued: false },
} as const;
export type MatchKind = KnowledgeKind | keyof typeof otherMatches;

export function columnNamed(name: WordColumnName): WordColumn {
  return wordColumns[name];
}

/** True where its texts are found by what they mean, too. */
export function hasMeaning(kind: KnowledgeKind): boolean {
  return (knowledgeKinds[kind] as KnowledgeTraits).hasMeaning === true;
}

/** A piece of knowledge as a statement: “Seen: person”. */
export function toldAs(kind: KnowledgeKind, text: string): string {
  return knowledgeKinds[kind].told.replace('{}', () => text);
}

/** The column in which words of this kind are searched. */
export function columnOf(kind: KnowledgeKind): WordColumn {
  return columnNamed(knowledgeKinds[kind].words);
}

/** False for a kind that another version of Playhead has stored. */
export function isKnowledgeKind(kind: string): kind is KnowledgeKind {
  return Object.hasOwn(knowledgeKinds, kind);
}

/** True where one word may be found inside another. */
export function isGlued(kind: MatchKind): boolean {
  return isKnowledgeKind(kind) ? columnOf(kind).isGlued === true : otherMatches[kind].isGlued;
}

/** What a person calls a way in which a moment was found; the window and the terminal say the same. */
export function matchName(kind: MatchKind): string {
  return (isKnowledgeKind(kind) ? knowledgeKinds[kind] : otherMatches[kind]).matchName;
}

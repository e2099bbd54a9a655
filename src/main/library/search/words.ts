/**
 * The one way in which texts and questions become words, so that both sides meet:
 * lower case, without accents, in the compatibility form of Unicode ("ﬁ" is "fi", "Ａ" is "a").
 */

export interface Token {
  /** The folded word. */
  term: string;
  /** Where it stands in the original text, in UTF-16 units; the end is exclusive. */
  start: number;
  end: number;
}

const WORD =
  /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{M}\p{Co}]*|\p{RI}\p{RI}|(?=\p{Extended_Pictographic})[\u231a-\u3299\u{1f000}-\u{1faff}]/gu;
const EMOJI = /\p{RI}|(?=\p{Extended_Pictographic})[\u231a-\u3299\u{1f000}-\u{1faff}]/gu;
/** Longer runs of letters are noise (a glued web address), not words. */
const LONGEST_WORD = 64;

/** The folded form of a text: "Café" becomes "cafe". Emoji become words that SQLite takes for such: "emoji1f3d6". */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(EMOJI, (emoji) => `emoji${emoji.codePointAt(0)?.toString(16)}`);
}

/** The words of a text with their places. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    const term = foldText(match[0]);
    if (term.length <= LONGEST_WORD) tokens.push({ term, start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}

/** The words of a text alone. */
export function wordsOf(text: string): string[] {
  return tokenise(text).map((token) => token.term);
}

const APOSTROPHE_NAME = /[\p{L}\p{N}\p{M}]+(?:['’ʼ][\p{L}\p{N}\p{M}]+)+/gu;

/**
 * The words of a stored text with their places. What an apostrophe divides is kept whole as well, since
 * people leave it out: "D'Addario" is d, addario and daddario.
 */
export function tokeniseText(text: string): Token[] {
  const whole = [...text.matchAll(APOSTROPHE_NAME)].map((match) => ({
    term: foldText(match[0]).replace(/['’ʼ]/g, ''),
    start: match.index,
    end: match.index + match[0].length,
  }));
  return [...tokenise(text), ...whole.filter(({ term }) => term.length <= LONGEST_WORD)];
}

/** The words of a file name, without its extension. */
export function tokeniseName(fileName: string): Token[] {
  return tokeniseGlued(fileName.replace(/(?<=.)\.[\p{L}\p{N}]{1,5}$/u, ''));
}

/** Whole words and the parts of glued ones ("AquilaStrings_duet2": aquilastrings, aquila, strings, duet2, duet, 2). */
export function tokeniseGlued(name: string): Token[] {
  return tokeniseText(name).flatMap((token) => [token, ...partsOf(name, token)]);
}

function partsOf(text: string, token: Token): Token[] {
  const written = text.slice(token.start, token.end);
  const parts = [...written.matchAll(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{N}+/gu)];
  if (parts.length < 2) return [];
  return parts.map((part) => {
    const start = token.start + part.index;
    return { term: foldText(part[0]), start, end: start + part[0].length };
  });
}

/** True for scripts that write words without spaces between them (Chinese, Japanese, Thai …). */
export function isUnspacedScript(term: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(
    term,
  );
}

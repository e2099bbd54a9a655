/** English inflections, as far as a list of plain words needs them. */

/** Forms that follow no rule, by the word's plain form. */
export type Irregular = Record<string, string[]>;

/** "circle" to "circle" and "circles"; of a phrase the last word changes. */
export function nounForms(phrase: string): string[] {
  const [head, last] = splitLast(phrase);
  return [phrase, `${head}${plural(last)}`];
}

/** "go away" to "go away", "goes away", "going away", "went away", "gone away". */
export function verbForms(phrase: string, irregular: Irregular): string[] {
  const [verb = '', ...rest] = phrase.split(' ');
  const forms = irregular[verb] ?? regular(verb);
  return [verb, ...forms].map((form) => [form, ...rest].join(' '));
}

function regular(verb: string): string[] {
  const stem = verb.endsWith('e') ? verb.slice(0, -1) : verb;
  const past = /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${stem}ed`;
  const doubled = /[^aeiou][aeiou][bdglmnpt]$/.test(verb)
    ? [`${verb}${verb.at(-1)}ing`, `${verb}${verb.at(-1)}ed`]
    : [];
  return [plural(verb), `${stem}ing`, past, ...doubled]; // "travelling" and "traveling"
}

function plural(word: string): string {
  if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

function splitLast(phrase: string): [string, string] {
  const at = phrase.lastIndexOf(' ') + 1;
  return [phrase.slice(0, at), phrase.slice(at)];
}

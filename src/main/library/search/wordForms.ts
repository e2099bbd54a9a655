/** Other forms of an English word: number and the usual verb endings. Guesses that are no words find nothing. */

const IRREGULAR: readonly string[][] = [
  ['man', 'men'],
  ['woman', 'women'],
  ['child', 'children'],
  ['person', 'persons', 'people'],
  ['foot', 'feet'],
  ['tooth', 'teeth'],
  ['mouse', 'mice'],
  ['knife', 'knives'],
  ['leaf', 'leaves'],
  ['run', 'ran'],
  ['sit', 'sat'],
  ['speak', 'spoke', 'spoken'],
  ['sing', 'sang', 'sung'],
  ['drive', 'drove', 'driven'],
  ['write', 'wrote', 'written'],
];

const VERB_ENDINGS = ['ing', 'ed'];

/** Forms of `word` other than itself: "dogs" for "dog", "walk" for "walking". Words under three letters have none. */
export function formsOf(word: string): string[] {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return [];
  const irregular = IRREGULAR.find((forms) => forms.includes(word)) ?? [];
  const bases = basesOf(word);
  const forms = [...irregular, ...bases, ...bases.flatMap(inflect)];
  return [...new Set(forms)].filter((form) => form !== word && form.length >= 3);
}

/** What the word may have been before an ending was put to it, and the word itself. */
function basesOf(word: string): string[] {
  const bases = [word];
  if (word.endsWith('ies')) bases.push(`${word.slice(0, -3)}y`);
  else if (/(?:s|x|z|ch|sh|o)es$/.test(word)) bases.push(word.slice(0, -2), word.slice(0, -1));
  else if (/[^su]s$/.test(word)) bases.push(word.slice(0, -1));
  for (const ending of VERB_ENDINGS) {
    const stem = word.slice(0, -ending.length);
    if (!word.endsWith(ending) || stem.length < 3) continue;
    bases.push(stem, `${stem}e`);
    if (/([b-df-hj-np-tv-z])\1$/.test(stem)) bases.push(stem.slice(0, -1));
  }
  return bases.filter((base) => base.length >= 3);
}

function inflect(base: string): string[] {
  const plural = /(?:s|x|z|ch|sh)$/.test(base)
    ? `${base}es`
    : /[^aeiou]y$/.test(base)
      ? `${base.slice(0, -1)}ies`
      : `${base}s`;
  const stem = base.endsWith('e') ? base.slice(0, -1) : base;
  const doubled = /[^aeiou][aeiou][bdgmnprt]$/.test(base) ? base + base.at(-1) : stem;
  return [plural, ...VERB_ENDINGS.flatMap((ending) => [stem + ending, doubled + ending])];
}

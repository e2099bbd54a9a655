/**
 * A small model's account, held against its own answers: of single things it knows more surely whether they are there
 * than it tells of all of them at once. A thing that it denies is told as the one thing much like it that it affirms.
 */
import { readAccount } from '../model/questions/account.ts';
import type { QuestionWords } from '../model/questions/questionsFile.ts';

interface Named {
  colour: string;
  shape: string;
}

/**
 * @param text what the model tells of a clip
 * @param ask puts a question about the same clip to the same model
 */
export async function checkAccount(
  text: string,
  lexicon: QuestionWords,
  ask: (question: string) => Promise<string>,
): Promise<string> {
  let checked = withoutRepeats(text);
  for (const named of thingsIn(checked, lexicon)) {
    if (await isThere(named, ask)) continue;
    const other = (await onlyOneOf(named, 'shape', lexicon, ask)) ?? (await onlyOneOf(named, 'colour', lexicon, ask));
    if (other && !checked.includes(nameOf(other))) checked = rename(checked, named, other);
  }
  return checked;
}

/** "A star blinks and a star blinks." */
function withoutRepeats(text: string): string {
  return text.replace(/\b(an? [^,.]+?),? and \1(?=[,.]| and )/gi, '$1');
}

function thingsIn(text: string, lexicon: QuestionWords): Named[] {
  const named = readAccount(text, lexicon).things.flatMap(({ colour, shape }) =>
    colour && shape ? [{ colour, shape }] : [],
  );
  return [...new Map(named.map((thing) => [nameOf(thing), thing])).values()];
}

async function isThere(thing: Named, ask: (question: string) => Promise<string>): Promise<boolean> {
  return !/^no\b/i.test(await ask(`Is there ${withArticle(thing)}?`));
}

/** The one thing that is there and differs in this from what was named; null where none is, or several are. */
async function onlyOneOf(
  named: Named,
  attribute: keyof Named,
  { words }: QuestionWords,
  ask: (question: string) => Promise<string>,
): Promise<Named | null> {
  const there: Named[] = [];
  for (const [word, meanings] of words) {
    if (word === named[attribute] || !meanings.includes(`${attribute}:${word}`)) continue;
    const other = { ...named, [attribute]: word };
    if (await isThere(other, ask)) there.push(other);
  }
  const [only, ...others] = there;
  return only && others.length === 0 ? only : null;
}

function rename(text: string, from: Named, to: Named): string {
  return text.replaceAll(new RegExp(`\\b(an?) ${nameOf(from)}\\b`, 'gi'), (_all, article: string) => {
    const told = withArticle(to);
    return /^[A-Z]/.test(article) ? `${told.charAt(0).toUpperCase()}${told.slice(1)}` : told;
  });
}

function withArticle(thing: Named): string {
  return `${/^[aeiou]/.test(thing.colour) ? 'an' : 'a'} ${nameOf(thing)}`;
}

function nameOf({ colour, shape }: Named): string {
  return `${colour} ${shape}`;
}

/**
 * A small model's account, held against its own answers: of single things it knows more surely whether they are there
 * than it tells of all of them at once. A thing that it denies is told as the one thing much like it that it affirms.
 */
import { readAccount } from '../model/questions/account.ts';
import type { QuestionWords } from '../model/questions/questionsFile.ts';

/** Puts a question about the same clip to the same model. */
type Ask = (question: string) => Promise<string>;

interface Named {
  colour: string;
  shape: string;
}

/** @param text what the model tells of a clip */
export async function checkAccount(text: string, lexicon: QuestionWords, ask: Ask): Promise<string> {
  let checked = await withoutRepeats(text, lexicon, ask);
  for (const named of thingsIn(checked, lexicon)) {
    if (await isThere(named, ask)) continue;
    const other = (await onlyOneOf(named, 'shape', lexicon, ask)) ?? (await onlyOneOf(named, 'colour', lexicon, ask));
    if (other && !checked.includes(nameOf(other))) checked = rename(checked, named, other);
  }
  return checked;
}

/** "A star blinks and a star blinks." */
const REPEAT = /\b(an? [^,.]+?)(,? and) \1(?=[,.]| and )/i;

/** What is told twice stands for a thing that was left out: that one is looked for, and told in its place. */
async function withoutRepeats(text: string, lexicon: QuestionWords, ask: Ask): Promise<string> {
  const [all, told, and] = REPEAT.exec(text) ?? [];
  if (all === undefined) return text;
  const missing = await leftOut(text, lexicon, ask);
  const deed = missing && /^It (.+?)\.$/.exec(await ask(`What does the ${nameOf(missing)} do?`))?.[1];
  return text.replace(all, deed ? `${told}${and} ${withArticle(missing)} ${deed}` : (told as string));
}

/** A thing of a colour that is not named yet. */
async function leftOut(text: string, { words }: QuestionWords, ask: Ask): Promise<Named | null> {
  for (const [colour, meanings] of words) {
    if (!meanings.includes(`colour:${colour}`) || text.toLowerCase().includes(colour)) continue;
    const shape = (await ask(`What shape is the ${colour} object?`)).trim().replace(/\.$/, '').toLowerCase();
    if (words.get(shape)?.includes(`shape:${shape}`) && (await isThere({ colour, shape }, ask)))
      return { colour, shape };
  }
  return null;
}

function thingsIn(text: string, lexicon: QuestionWords): Named[] {
  const named = readAccount(text, lexicon).things.flatMap(({ colour, shape }) =>
    colour && shape ? [{ colour, shape }] : [],
  );
  return [...new Map(named.map((thing) => [nameOf(thing), thing])).values()];
}

async function isThere(thing: Named, ask: Ask): Promise<boolean> {
  return !/^no\b/i.test(await ask(`Is there ${withArticle(thing)}?`));
}

/** The one thing that is there and differs in this from what was named; null where none is, or several are. */
async function onlyOneOf(
  named: Named,
  attribute: keyof Named,
  { words }: QuestionWords,
  ask: Ask,
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

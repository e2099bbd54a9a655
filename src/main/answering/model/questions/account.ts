/** The model's own sentences, read: "First a red circle spins, then a star vanishes. You hear a bell, then two knocks." */
import { type Atom, atomsOf } from './atoms.ts';
import type { QuestionWords } from './questionsFile.ts';
import { tokensOf } from './tokens.ts';

export interface SeenThing {
  colour?: string;
  shape?: string;
  /** In order. */
  deeds: string[];
  /** What it passes behind. */
  behind?: { colour?: string; shape?: string };
  /** 0 and 1 of "First a circle spins, then a star vanishes." */
  turn?: number;
}

export interface HeardSound {
  /** "beep", "high tone" */
  kind: string;
  /** "two" of "two knocks". */
  number: string;
  /** As the model says it: "two knocks". */
  text: string;
}

export interface Account {
  things: SeenThing[];
  sounds: HeardSound[];
  /** The deeds that stand for themselves: "It spins." */
  deeds: string[];
}

export function readAccount(text: string, lexicon: QuestionWords): Account {
  const account: Account = { things: [], sounds: [], deeds: [] };
  for (const sentence of text.split(/[.!?]+/)) {
    const turns = /^\s*first\b/i.test(sentence) ? sentence.split(/,\s*then\b/) : [sentence];
    for (const [turn, part] of turns.entries()) {
      const known = account.things.length;
      for (const atom of atomsOf(tokensOf(part, lexicon).tokens)) addAtom(account, atom);
      if (turns.length > 1) for (const thing of account.things.slice(known)) thing.turn = turn;
    }
  }
  const said = text
    .replace(/^.*you hear /is, '')
    .replace(/\.$/, '')
    .split(/,\s*then /);
  account.sounds.forEach((sound, index) => {
    sound.text = said[index]?.toLowerCase() ?? sound.kind;
  });
  return account;
}

function addAtom({ things, sounds, deeds }: Account, { kind, value, thing }: Atom): void {
  if (kind === 'thing' || kind === 'kind') {
    if (thing?.colour || thing?.shape) things.push({ colour: thing.colour, shape: thing.shape, deeds: [] });
  } else if (kind === 'sound') {
    sounds.push({ kind: value, number: thing?.number ?? 'one', text: value });
  } else if (kind === 'deed') {
    (things.at(-1)?.deeds ?? deeds).push(value);
    if (thing?.colour || thing?.shape) hidden(things, thing);
  }
}

/** What another passes behind is told of with the one that passes; it stays still itself. */
function hidden(things: SeenThing[], { colour, shape }: { colour?: string; shape?: string }): void {
  const passing = things.pop();
  if (passing) passing.behind = { colour, shape };
  things.push({ colour, shape, deeds: ['stay'] });
  if (passing) things.push(passing);
}

const moves = ['left', 'right', 'up', 'down', 'up-left', 'up-right', 'down-left', 'down-right', 'behind', 'bounce'];

/** Is a deed what was asked for? "moves" is every way, "changes" is everything but staying still. */
export function isDeed(asked: string, deed: string): boolean {
  if (asked === 'move') return moves.includes(deed);
  if (['left', 'right', 'up', 'down'].includes(asked)) return deed.split('-').includes(asked); // "up-right" rises, too
  if (asked === 'resize') return deed === 'grow' || deed === 'shrink';
  return asked === 'change' ? deed !== 'stay' : asked === deed;
}

export function fits(asked: { colour?: string; shape?: string; deed?: string }, thing: SeenThing): boolean {
  return (
    (asked.colour === undefined || asked.colour === thing.colour) &&
    (asked.shape === undefined || asked.shape === thing.shape) &&
    (asked.deed === undefined || thing.deeds.some((deed) => isDeed(asked.deed as string, deed)))
  );
}

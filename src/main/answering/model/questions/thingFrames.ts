/** Questions about one thing that is seen: its colour, shape, size, what it does and where it goes. */
import { readAccount } from './account.ts';
import { askSize, isNamed, thingIn } from './claimFrames.ts';
import type { Frame, Parts, Plan } from './frame.ts';
import type { ThingPhrase } from './nounPhrase.ts';
import type { QuestionWords } from './questionsFile.ts';
import { deedWords, sentence, thatThereIs, theThing } from './retell.ts';

type Asked = Omit<Plan, 'kind'>;

const named = '(thing|kind)';
const either = (parts: string) => new RegExp(`^(${parts})$`);

export const thingFrames: readonly Frame[] = [
  {
    kind: 'colour',
    form: 'open',
    parts: either(`colourOf (have )?${named}( have)?|${named}( have)? colourOf`),
    plan: colourOf,
  },
  { kind: 'shape', form: 'open', parts: either(`shapeOf ${named}( have)?|${named}( have)? shapeOf`), plan: shapeOf },
  { kind: 'size', form: 'open', parts: either(`sizeOf ${named}( have)?|${named}( have)? sizeOf`), plan: sizeOf },
  { kind: 'shape', form: 'open', parts: /^(object )?colour$/, plan: ({ one }) => shapeOfColour(one('colour').value) },
  { kind: 'shape', form: 'open', parts: /^(object )?(thing|kind)$/, plan: whatIs },
  { kind: 'colour', form: 'open', parts: /^object kind$/, plan: colourOf },
  {
    kind: 'direction',
    form: 'open',
    parts: either(
      `(wayOf|whereOf|how) ${named} deed|${named} deed (wayOf|whereOf)|wayOf (deed )?${named}|whereOf deed ${named}|${named} whereOf deed`,
    ),
    plan: wayOf,
  },
  {
    kind: 'action',
    form: 'open',
    parts: either(
      `(deedOf|happen) ${named}|${named} deed|${named} (deedOf|happen)|how ${named} (deed|deedOf)|describe (deedOf |deed )?thing`,
    ),
    plan: action,
  },
  {
    kind: 'action order',
    form: 'open',
    parts: either(
      `((deedOf|happen) ${named}|${named} (deedOf|happen)) (first|last|next)|(first|last) (deedOf ${named}|${named} deedOf|happen ${named})`,
    ),
    plan: actionInOrder,
  },
  {
    kind: 'action order',
    form: 'open',
    parts: either(`(deedOf ${named}|${named} deedOf) (next )?after (thing )?deed|(thing )?after (thing )?deed deedOf`),
    plan: actionAfter,
  },
  {
    kind: 'alternatives',
    form: 'any',
    parts: either(
      `(thing|kind) (colour or colour|size or size|more or more|kind or kind|deed or deed|way or way|deed or way|kind or colour)( or \\w+)*`,
    ),
    plan: alternatives,
  },
  { kind: 'alternatives', form: 'any', parts: /^deed or deed$/, plan: () => ({ asked: 'What does the object do?' }) },
];

function colourOf(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  if (isNamed(thing)) return { asked: `What colour is ${theThing(thing)}?` };
  return lookOfTheOneThat(thing, 'colour', parts);
}

function shapeOf(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  if (isNamed(thing)) return { asked: `What shape is ${theThing({ colour: thing.colour, shape: undefined })}?` };
  return lookOfTheOneThat(thing, 'shape', parts);
}

/** "the colour of the thing that spins": the model names the thing, and its colour is in the name. */
function lookOfTheOneThat({ deed }: ThingPhrase, look: 'colour' | 'shape', { lexicon }: Parts): Asked | null {
  if (deed === undefined) return null;
  return {
    asked: `Which object ${deedWords({ value: deed }, lexicon)}?`,
    takesForGranted: [
      {
        question: `Does anything ${toDo(deed, lexicon)}?`,
        otherwise: `There is no object that ${deedWords({ value: deed }, lexicon)}.`,
      },
    ],
    tell: (answer) => {
      const word = readAccount(answer, lexicon).things[0]?.[look];
      return word === undefined ? answer : sentence(word);
    },
  };
}

/** "move to the left", "spin" */
function toDo(deed: string, lexicon: QuestionWords): string {
  const words = deedWords({ value: deed }, lexicon);
  return /^moves /.test(words) ? words.replace('moves', 'move') : deed;
}

function sizeOf(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  return isNamed(thing) ? { asked: askSize(thing) } : null;
}

function shapeOfColour(colour: string): Asked {
  return { asked: `What shape is ${theThing({ colour })}?` };
}

/** "What is the red thing?" asks for its shape, "the thing that spins?" for its name; "What is a star?" for nothing. */
function whatIs(parts: Parts): Asked | null {
  const { colour, shape, deed, isDefinite, isPronoun } = thingIn(parts);
  if (isPronoun && parts.all('object').length > 0) return { asked: 'What shape is the object?' };
  if (!isDefinite || shape !== undefined) return null;
  if (deed) return { asked: `Which object ${deedWords({ value: deed }, parts.lexicon)}?` };
  return colour ? shapeOfColour(colour) : null;
}

function wayOf(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  const deed = parts.one('deed').value;
  if (!isNamed(thing)) return null;
  if (parts.atoms[0]?.kind === 'how') return { asked: `What does ${theThing(thing)} do?` };
  return deed === '' || deed === 'move' || deed === 'change'
    ? { asked: `In which direction does ${theThing(thing)} move?`, takesForGranted: thatThereIs(thing) }
    : null;
}

function action(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  return isNamed(thing) ? { asked: `What does ${theThing(thing)} do?` } : null;
}

function actionInOrder(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  const order = parts.all('first').length > 0 ? 'first' : 'last'; // "and then?" is the last of two
  return isNamed(thing) ? { asked: `What does ${theThing(thing)} do ${order}?` } : null;
}

function actionAfter(parts: Parts): Asked | null {
  const thing = thingIn(parts);
  const deed = deedWords(parts.one('deed'), parts.lexicon);
  return isNamed(thing) ? { asked: `What does ${theThing(thing)} do after it ${deed}?` } : null;
}

/** "Is it red or blue?" is answered by its colour, "Does it grow or shrink?" by what it does. */
function alternatives(parts: Parts): Asked | null {
  const first = parts.atoms[1];
  if (first?.kind === 'colour' || first?.thing?.colour) return colourOf(parts);
  if (first?.kind === 'size' || first?.kind === 'more') return sizeOf(parts);
  if (first?.kind === 'kind') return shapeOf(parts);
  return action(parts);
}

/** Questions about a whole film whose answers follow from its script, and how each is scored. */
import type { Message } from '../../../src/contract/index.ts';
import type { Film, FilmScene } from './makeFilms.ts';

export interface FilmQuestion {
  type: string;
  question: string;
  isRight(answer: Message): boolean;
}

/** A thing by its name, and the scenes that have it. */
interface Found {
  name: string;
  scenes: number[];
}

const soundNames: Record<string, string> = { beep: 'beeps', knock: 'knocks', noise: 'burst of noise' };

export function questionsAbout({ scenes }: Film): FilmQuestion[] {
  const things = whereabouts(scenes, ({ objects }) => objects.map(({ colour, shape }) => `${colour} ${shape}`));
  const sounds = whereabouts(scenes, (scene) => scene.sounds.map(({ kind }) => soundNames[kind] ?? kind));
  return [
    ...orderOf(things, 'seen'),
    ...orderOf(sounds, 'heard'),
    ...nextTo(things, scenes.length),
    ...edges(scenes.length),
    ...existence(things),
    ...colours(scenes),
  ];
}

/** Pairs that begin in different scenes. */
function orderOf(found: readonly Found[], sense: 'seen' | 'heard'): FilmQuestion[] {
  const pairs = found.flatMap((a, i) => found.slice(i + 1).map((b) => [a, b] as const));
  return pairs
    .filter(([a, b]) => a.scenes[0] !== b.scenes[0])
    .flatMap(([a, b], i) => {
      const [one, other] = i % 2 === 0 ? [a, b] : [b, a];
      const first = (a.scenes[0] as number) < (b.scenes[0] as number) ? a : b;
      return i % 2 === 0 ? [whichFirst(one, other, first, sense)] : [isBefore(one, other, first, sense)];
    })
    .slice(0, 4);
}

function whichFirst(one: Found, other: Found, first: Found, sense: string): FilmQuestion {
  return {
    type: `order, ${sense}`,
    question: `What comes first, the ${one.name} or the ${other.name}?`,
    isRight: ({ text }) => text.startsWith(`First the ${first.name} (`),
  };
}

function isBefore(one: Found, other: Found, first: Found, sense: string): FilmQuestion {
  return {
    type: `order, ${sense}`,
    question: `${sense === 'heard' && one.name.endsWith('s') ? 'Are' : 'Is'} the ${one.name} ${sense} before the ${other.name}?`,
    isRight: ({ text }) => text.startsWith(one === first ? 'Yes' : 'No'),
  };
}

function nextTo(things: readonly Found[], count: number): FilmQuestion[] {
  const inOneScene = things.filter(({ scenes }) => scenes.length === 1);
  const followed = inOneScene.find(({ scenes }) => (scenes[0] as number) < count - 1);
  const preceded = inOneScene.findLast(({ scenes }) => (scenes[0] as number) > 0);
  return [...(followed ? [besides(followed, 'after', 1)] : []), ...(preceded ? [besides(preceded, 'before', -1)] : [])];
}

function besides(thing: Found, side: 'after' | 'before', step: 1 | -1): FilmQuestion {
  return {
    type: 'order, next to',
    question: `What comes ${side} the ${thing.name}?`,
    isRight: (answer) => citedScenes(answer).includes((thing.scenes[0] as number) + step),
  };
}

function edges(count: number): FilmQuestion[] {
  return [
    { type: 'order, edge', question: 'What happens first?', isRight: (answer) => String(citedScenes(answer)) === '0' },
    {
      type: 'order, edge',
      question: 'How does it end?',
      isRight: (answer) => String(citedScenes(answer)) === `${count - 1}`,
    },
  ];
}

function existence(things: readonly Found[]): FilmQuestion[] {
  const there = things.slice(0, 2).map((thing) => ({
    type: 'exists, and where',
    question: `Is there a ${thing.name}?`.replace('a orange', 'an orange'),
    isRight: (answer: Message) => answer.text.startsWith('Yes') && String(citedScenes(answer)) === String(thing.scenes),
  }));
  const names = new Set(things.map(({ name }) => name));
  const missing = ['green heart', 'pink cross', 'cyan moon', 'white triangle'].find((name) => !names.has(name));
  const question = {
    type: 'exists not',
    question: `Is there a ${missing}?`,
    isRight: ({ text }: Message) => text.startsWith('No'),
  };
  return [...there, question];
}

/** Of shapes that have one colour in the whole film. */
function colours(scenes: readonly FilmScene[]): FilmQuestion[] {
  const byShape = new Map<string, Set<string>>();
  for (const { colour, shape } of scenes.flatMap(({ objects }) => objects)) {
    byShape.set(shape, (byShape.get(shape) ?? new Set()).add(colour));
  }
  const single = [...byShape].filter(([, colours]) => colours.size === 1).slice(0, 2);
  return single.map(([shape, [colour]]) => ({
    type: 'colour, and where',
    question: `What colour is the ${shape}?`,
    isRight: (answer) => {
      const said = new Set(
        answer.text.toLowerCase().match(/\b(?:red|orange|yellow|green|cyan|blue|purple|pink|white|black)\b/g),
      );
      const expected = scenes.flatMap(({ objects }, i) =>
        objects.some((object) => object.shape === shape) ? [i] : [],
      );
      return said.size === 1 && said.has(colour as string) && String(citedScenes(answer)) === String(expected);
    },
  }));
}

/** Scenes that the parts of an answer cite, by number, each once. */
function citedScenes({ provenance }: Message): number[] {
  const parts = provenance?.evidence?.parts ?? [];
  return [...new Set(parts.map(({ startSec, endSec }) => Math.floor((startSec + endSec) / 2 / 4)))];
}

function whereabouts(scenes: readonly FilmScene[], namesOf: (scene: FilmScene) => string[]): Found[] {
  const found = new Map<string, number[]>();
  for (const [at, scene] of scenes.entries()) {
    for (const name of new Set(namesOf(scene))) found.set(name, [...(found.get(name) ?? []), at]);
  }
  return [...found].map(([name, places]) => ({ name, scenes: places }));
}

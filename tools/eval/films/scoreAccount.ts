/** An account of a film against its script: what it names exists in the scene that it cites, and what exists is named. */
import type { AnswerPart } from '../../../src/contract/index.ts';
import type { Film, FilmScene } from './makeFilms.ts';

export interface AccountScore {
  /** Things (a colour and a shape) that the account names, each scene's own. */
  named: number;
  namedRight: number;
  existing: number;
  existingNamed: number;
  sounds: number;
  soundsNamed: number;
}

const THING =
  /\b(?:red|orange|yellow|green|cyan|blue|purple|pink|white|black) (?:circle|square|triangle|star|heart|ring|cross|moon)\b/g;
const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five'];

export function scoreAccount({ scenes }: Film, parts: readonly AnswerPart[]): AccountScore {
  const score = { named: 0, namedRight: 0, existing: 0, existingNamed: 0, sounds: 0, soundsNamed: 0 };
  for (const part of parts) {
    const there = namesIn(scenes.filter((scene) => overlaps(part, scene)));
    for (const name of new Set(part.text.match(THING))) {
      score.named += 1;
      if (there.includes(name)) score.namedRight += 1;
    }
  }
  for (const scene of scenes) {
    const told = parts
      .filter((part) => overlaps(part, scene))
      .map(({ text }) => text)
      .join(' ');
    for (const name of new Set(namesIn([scene]))) {
      score.existing += 1;
      if (told.includes(name)) score.existingNamed += 1;
    }
    for (const { kind, count } of scene.sounds) {
      score.sounds += 1;
      if (told.includes(count > 0 ? `${NUMBERS[count]} ${kind}` : kind)) score.soundsNamed += 1;
    }
  }
  return score;
}

function namesIn(scenes: readonly FilmScene[]): string[] {
  return scenes.flatMap(({ objects }) => objects.map(({ colour, shape }) => `${colour} ${shape}`));
}

/** More than a rounding of the cut. */
function overlaps(a: AnswerPart, b: FilmScene): boolean {
  return Math.min(a.endSec, b.endSec) - Math.max(a.startSec, b.startSec) > 0.5;
}

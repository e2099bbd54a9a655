/** What can be asked about the world: a question's parts to the question that the model was trained on. */
import type { Atom } from './atoms.ts';
import { claimFrames } from './claimFrames.ts';
import { compareFrames } from './compareFrames.ts';
import type { Frame, Plan } from './frame.ts';
import { looseFrames } from './looseFrames.ts';
import type { QuestionWords } from './questionsFile.ts';
import { sceneFrames } from './sceneFrames.ts';
import { senseFrames } from './senseFrames.ts';
import { soundFrames } from './soundFrames.ts';
import { thingFrames } from './thingFrames.ts';
import { timeFrames } from './timeFrames.ts';

const frames: readonly Frame[] = [
  ...timeFrames,
  ...senseFrames,
  ...soundFrames,
  ...thingFrames,
  ...claimFrames,
  ...sceneFrames,
  ...compareFrames,
  ...looseFrames,
];

/** @returns null for what makes no question about the world, though every word is known */
export function planOf(atoms: readonly Atom[], isOpen: boolean, lexicon: QuestionWords): Plan | null {
  const all = (kind: string) => atoms.filter((atom) => atom.kind === kind);
  const one = (kind: string) => all(kind)[0] ?? { kind, value: '' };
  const shape = atoms.map(({ kind }) => kind).join(' ');
  for (const frame of frames) {
    if (frame.form !== 'any' && (frame.form === 'open') !== isOpen) continue;
    const plan = frame.parts.test(shape) ? frame.plan({ atoms, lexicon, one, all }) : null;
    if (plan) return { kind: frame.kind, ...plan };
  }
  return null;
}

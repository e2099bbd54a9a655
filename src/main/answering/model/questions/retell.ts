/** Things, deeds and sounds in the words that the model was trained on. */
import type { Atom } from './atoms.ts';
import type { Premise } from './frame.ts';
import type { ThingPhrase } from './nounPhrase.ts';
import type { QuestionWords } from './questionsFile.ts';

/** "the red circle", "the star", "the red object", "the object" */
export function theThing({ colour, shape }: Pick<ThingPhrase, 'colour' | 'shape'>): string {
  return ['the', colour, shape ?? 'object'].filter(Boolean).join(' ');
}

/** "a red circle", "an orange ring" */
export function aThing({ colour, shape }: Pick<ThingPhrase, 'colour' | 'shape'>): string {
  const name = [colour, shape ?? 'object'].filter(Boolean).join(' ');
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** "spins", "passes behind the blue square" */
export function deedWords({ value, thing }: Pick<Atom, 'value' | 'thing'>, { says }: QuestionWords): string {
  const words = says.get(value) ?? value;
  return value === 'behind' && thing ? `${words} ${theThing(thing)}` : words;
}

/** The question that the model answers with all that it sees. */
export const describeAll = 'Describe the video.';

const counted = ['beep', 'knock'];

export const isCounted = (sound: string): boolean => counted.includes(sound);

/** "beeps", "a bell", "a burst of noise" */
export function anySound(sound: string): string {
  if (isCounted(sound)) return `${sound}s`;
  return `a ${sound === 'noise' ? 'burst of noise' : sound}`;
}

/** "the beeps", "the bell", "the burst of noise" */
export function theSound(sound: string): string {
  return anySound(sound).replace(/^(a )?/, 'the ');
}

export const soundVerb = (sound: string): string => (isCounted(sound) ? 'are' : 'is');

/** "red and blue", "red, green and blue" */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Nothing where no thing is named: "the object" may be any. */
export function thatThereIs(thing: Pick<ThingPhrase, 'colour' | 'shape'>): Premise[] {
  if (!thing.colour && !thing.shape) return [];
  const named = { colour: thing.colour, shape: thing.shape };
  return [{ question: `Is there ${aThing(named)}?`, otherwise: `There is no ${aThing(named).replace(/^an? /, '')}.` }];
}

export function thatOneHears(sound: string): Premise[] {
  const none = isCounted(sound) ? `There are no ${sound}s.` : `There is no ${anySound(sound).replace(/^a /, '')}.`;
  return [{ question: `Do you hear ${anySound(sound)}?`, otherwise: none }];
}

/** "Red and blue." */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export const yesOrNo = (is: boolean): string => (is ? 'Yes.' : 'No.');

import { describe, expect, it } from 'vitest';
import { descriptionsOf } from '../../../tools/eval/describe.ts';
import { isRight, percent, type ScoredQuestion, scoreByFamily } from '../../../tools/eval/score.ts';

describe('an answer is right', () => {
  it('when every word and sign is the expected one, space around it aside', () => {
    expect(isRight('The red circle.', 'The red circle.')).toBe(true);
    expect(isRight(' The red circle.\n', 'The red circle.')).toBe(true);
  });

  it('in no other case: a wrong word, a missing one, one too many, another case', () => {
    for (const given of ['The red square.', 'The red circle', 'The red circle. It moves.', 'the red circle.', '']) {
      expect(isRight(given, 'The red circle.'), given).toBe(false);
    }
    expect(isRight('(A) Red.', '(A)')).toBe(false);
  });
});

describe('the score', () => {
  const asked: ScoredQuestion[] = [
    { family: 'VC', type: 'caption, video', isRight: false },
    { family: 'OE-VQA', type: 'shape', isRight: true },
    { family: 'OE-VQA', type: 'colour', isRight: true },
    { family: 'OE-VQA', type: 'colour', isRight: false },
  ];

  it('counts each question once in its type and once in its family', () => {
    expect(scoreByFamily(asked)).toEqual([
      {
        family: 'OE-VQA',
        questions: 3,
        right: 2,
        types: [
          { type: 'colour', questions: 2, right: 1 },
          { type: 'shape', questions: 1, right: 1 },
        ],
      },
      { family: 'VC', questions: 1, right: 0, types: [{ type: 'caption, video', questions: 1, right: 0 }] },
    ]);
  });

  it('of nothing is no share', () => {
    expect(scoreByFamily([])).toEqual([]);
    expect([percent(0, 0), percent(1, 3), percent(3, 3)]).toEqual(['–', '33.3%', '100.0%']);
  });
});

describe('a description', () => {
  const thing = (colour: string, shape: string, size = 'small', does = 'spins') => ({ colour, shape, size, does });
  const clip = {
    caption: 'A red star spins, and a blue moon grows.',
    objects: [thing('red', 'star'), thing('blue', 'moon')],
  };
  const [seen, happens] = descriptionsOf(clip);

  it('names all that is seen, or tells what happens', () => {
    expect(seen?.text).toBe('a small red star and a small blue moon');
    expect(happens?.text).toBe(clip.caption);
  });

  it('fits every clip that holds all of it, whatever else that holds', () => {
    expect(seen?.fits({ objects: [thing('green', 'ring'), ...clip.objects.toReversed()] })).toBe(true);
    expect(seen?.fits({ objects: [thing('red', 'star')] })).toBe(false);
    expect(seen?.fits({ objects: [thing('red', 'star', 'large'), thing('blue', 'moon')] })).toBe(false);
  });

  it('of what happens asks for the actions, and says nothing of sizes', () => {
    expect(happens?.fits({ objects: [thing('red', 'star', 'large'), thing('blue', 'moon')] })).toBe(true);
    expect(happens?.fits({ objects: [thing('red', 'star', 'small', 'grows'), thing('blue', 'moon')] })).toBe(false);
  });
});

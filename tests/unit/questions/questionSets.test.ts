/** The sets of questions that `npm run eval -- gates` prints: which of them the reader takes for its world's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MediaItem } from '../../../src/contract/index.ts';
import { parseQuestionWords } from '../../../src/main/answering/model/questions/questionsFile.ts';
import { readQuestion } from '../../../src/main/answering/model/questions/readQuestion.ts';
import { suggestedQuestions } from '../../../src/renderer/logic/modality.ts';
import {
  freeQuestions,
  freeSets,
  isRightAnswer,
  outsideQuestions,
  outsideSets,
  readingQuestions,
} from '../../../tools/eval/gates/questionSets.ts';

const resources = join(import.meta.dirname, '../../../resources');
const words = parseQuestionWords(readFileSync(join(resources, 'models/sample-av/questions.json'), 'utf8'));
const isInDomain = ({ question }: { question: string }) => readQuestion(words, question).isInDomain;
const isOutside = (asked: { question: string }) => !isInDomain(asked);

interface Samples {
  clips: { scenes: { questions: { question: string }[] }[] }[];
}

describe('the question reader', () => {
  it.each(outsideSets)('answers at most two in a hundred questions about other things (%s)', async (set) => {
    const asked = await outsideQuestions(set);
    expect(asked.filter(isInDomain).length / asked.length).toBeLessThanOrEqual(0.02);
  });

  it.each(freeSets)('refuses at most one in ten questions in free words (%s)', async (set) => {
    const asked = await freeQuestions(set);
    expect(asked.filter(isOutside).length / asked.length).toBeLessThanOrEqual(0.1);
  });

  it.each(['any-order', 'any-order-later', 'any-order-last', 'any-order-fourth'])(
    'reads nine in ten questions in whatever order of words as what they ask (%s)',
    async (set) => {
      const asked = await readingQuestions(set);
      const wrong = asked.filter(({ question, reading }) => readQuestion(words, question).asked !== reading);
      expect(asked.length).toBeGreaterThan(50);
      expect(wrong.length / asked.length, JSON.stringify(wrong)).toBeLessThanOrEqual(0.1);
    },
  );

  it('reads more than six in ten questions that it was not made for', async () => {
    const asked = await readingQuestions('any-order-fifth');
    const right = asked.filter(({ question, reading }) => readQuestion(words, question).asked === reading);
    expect(right.length / asked.length).toBeGreaterThan(0.6);
  });

  it.each(['video', 'audio', 'image'] as const)(
    'understands what the window suggests to ask about a file of %s',
    (kind) => {
      const suggested = suggestedQuestions({ kind, hasAudio: kind === 'audio' } as MediaItem, true);
      expect(suggested.length).toBeGreaterThan(1);
      expect(suggested.filter((question) => isOutside({ question }))).toEqual([]);
    },
  );

  it('understands every question that the model was trained on, of all sample clips', () => {
    const { clips } = JSON.parse(readFileSync(join(resources, 'samples/samples.json'), 'utf8')) as Samples;
    const asked = clips.flatMap(({ scenes }) => scenes.flatMap(({ questions }) => questions));
    expect(asked.length).toBeGreaterThan(500);
    expect(asked.filter(isOutside)).toEqual([]);
  });
});

describe('an answer', () => {
  it('is right by its words', () => {
    expect(isRightAnswer('The yellow star.', ['the yellow star'])).toBe(true);
    expect(isRightAnswer('Red, white and blue.', ['…red …blue'])).toBe(true);
    expect(isRightAnswer('Blue and red.', ['…red …blue'])).toBe(false);
    expect(isRightAnswer('No.', ['yes'])).toBe(false);
  });
});

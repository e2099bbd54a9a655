/** A person's question is read by what its words mean, and told again in the words that the model was trained on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseQuestionWords } from '../../../src/main/core/model/questions/questionsFile.ts';
import { readQuestion } from '../../../src/main/core/model/questions/readQuestion.ts';

const bundle = join(import.meta.dirname, '../../../resources/models/sample-av');
const words = parseQuestionWords(readFileSync(join(bundle, 'questions.json'), 'utf8'));
const read = (question: string) => readQuestion(words, question);

describe('a question about the world', () => {
  it.each([
    ['Does a red heart show up at any point?', 'Is there a red heart?'],
    ['tell me what shade the star has', 'What colour is the star?'],
    ['colour of the thing that spins?', 'Which object spins?'],
    ['how often does it beep', 'How many beeps do you hear?'],
    ["what's going on", 'Describe the video.'],
    ['What do you hear in all of it?', 'What do you hear?'],
    ['How does the picture change?', 'Describe the video.'],
    ['What colours stand out?', 'Describe the video.'],
    ['whihc way does the purpel squre go', 'In which direction does the purple square move?'],
    [
      'Which object spins?\n(A) The star\n(B) The ring\nAnswer with the letter.',
      'Which object spins?\n(A) The star\n(B) The ring\nAnswer with the letter.',
    ],
  ])('%j is asked as %j', (question, asked) => {
    expect(read(question)).toMatchObject({ isInDomain: true, asked });
  });

  it('has its answer told for the question as it was put', () => {
    expect(read('does anything vanish').tell?.('A red star vanishes, and a blue ring stays still.')).toBe('Yes.');
    expect(read('does anything vanish').tell?.('A red star spins.')).toBe('No.');
    expect(read('colour of the thing that spins?').tell?.('The red circle.')).toBe('Red.');
    expect(read('how many stars are there').tell?.('A red star and a blue star stay still.')).toBe('Two.');
    expect(read('what noise do I hear at the end').tell?.('A bell, then two knocks.')).toBe('Two knocks.');
    expect(read('is the star big?').tell?.('There is no star.')).toBe('There is no star.');
  });
});

describe('a question about something else', () => {
  it('names the words that are none of the world', () => {
    expect(read('Is the man in the red circle playing the guitar?')).toMatchObject({
      isInDomain: false,
      unknownWords: ['man', 'guitar'],
    });
    expect(read('Is there a bear?').unknownWords).toEqual(['bear']); // no misspelt "beep"
    expect(read('Is there a bear?').declined).toContain('knows only shapes, colours, movements and simple sounds');
  });

  it.each([
    'Is red a star?',
    'Who rings the bell?',
    'What time is it?',
    'Are you a star?',
    'Spin the star.',
    'Where is it?',
    '???',
  ])('is known by making no sense there: %j', (question) => {
    expect(read(question)).toMatchObject({ isInDomain: false, unknownWords: [] });
  });

  it('is asked all the same of a model that may be asked anything', () => {
    expect(readQuestion(null, 'Who is it?')).toMatchObject({ isInDomain: true, asked: 'Who is it?' });
  });
});

/** A person's question is read by what its words mean, and told again in the words that the model was trained on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseQuestionWords } from '../../../src/main/answering/model/questions/questionsFile.ts';
import { readQuestion } from '../../../src/main/answering/model/questions/readQuestion.ts';

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
    ['what size is the red star', 'How big is the red star?'],
    ['How big is the star?', 'Is the star small or large?'],
  ])('%j is asked as %j', (question, asked) => {
    expect(read(question)).toMatchObject({ isInDomain: true, asked });
  });

  it('has its answer told for the question as it was put', () => {
    expect(read('does anything vanish').tell?.('A red star vanishes, and a blue ring stays still.', [])).toBe('Yes.');
    expect(read('does anything vanish').tell?.('A red star spins.', [])).toBe('No.');
    expect(read('colour of the thing that spins?').tell?.('The red circle.', [])).toBe('Red.');
    expect(read('how many stars are there').tell?.('A red star and a blue star stay still.', [])).toBe('Two.');
    const times = ['In the first half.', 'In the second half.'];
    expect(read('what noise do I hear at the end').tell?.('A bell, then two knocks.', times)).toBe('Two knocks.');
    expect(read('is the star big?').tell?.('There is no star.', [])).toBe('There is no star.');
  });
});

describe('a question that no frame lists', () => {
  it.each([
    ['up or down, the triangle?', 'What does the triangle do?'],
    ['big or small, the heart?', 'Is the heart small or large?'],
    ['to the left or to the right, which way does the star move', 'In which direction does the star move?'],
    ['how many of them are red', 'Describe the video.'],
    ['for the square, colour please', 'What colour is the square?'],
    ['can one see something yellow move?', 'What does the yellow object do?'],
    ['which shape is it that gets larger', 'Which object grows?'],
    [
      'does the bell come before the star moves or after',
      'Is the bell heard before or after the star moves, or at the same time?',
    ],
    ['my kid asks what colour the cross is', 'What colour is the cross?'],
    ['what comes first, the bell or the beep', 'What do you hear?'],
    ['Green or white, that ring?', 'What colour is the ring?'],
    ['who is it that moves', 'Describe the video.'],
    ['is there a sound when the star blinks', 'What do you hear while the star blinks?'],
    ['is it a small star', 'Is the star small or large?'],
  ])('is put in plain order: %j is asked as %j', (question, asked) => {
    expect(read(question)).toMatchObject({ isInDomain: true, asked });
  });

  it.each([
    'Spin the star.',
    'Change the colour of the star to green.',
    'Who moves the circle?',
    'Can it fly to the moon?',
    'Does the star hear the bell?',
    'Is a circle a square?',
    'What is the first name?',
    'In my living room, is there a red circle?',
  ])('is declined where its parts make none: %j', (question) => {
    expect(read(question).isInDomain).toBe(false);
  });

  it('asks for each of two things that are to be there', () => {
    const reading = read('do we get to see both a circle and a square');
    expect(reading.further?.('Red.')).toEqual([{ question: 'What colour is the square?' }]);
    expect(reading.tell?.('Red.', ['Blue.'])).toBe('Yes.');
    expect(reading.tell?.('Red.', ['There is no square.'])).toBe('No.');
  });

  it('counts only what is named, and looks only behind what is named', () => {
    expect(read('are there two stars').tell?.('A red star and a blue ring stay still.', [])).toBe('No.');
    const behind = read('does something pass behind the square');
    expect(behind.tell?.('A red circle passes behind a blue square.', [])).toBe('Yes.');
    expect(behind.tell?.('A red circle passes behind a blue heart.', [])).toBe('No.');
  });
});

describe('a question that says more than it asks', () => {
  it.each([
    ["Which way's it heading, that circle", 'In which direction does the circle move?'],
    ['after shrinking what does the star do', 'What does the star do after it shrinks?'],
    ['Do the beeps come in the first half or later on?', 'When do you hear the beeps?'],
    ['Does a heart appear in the video which is pink?', 'Is there a pink heart?'],
    ['would you say the beeping happens in the second half', 'When do you hear the beeps?'],
    ['Is the moon blinking or the star?', 'Which object blinks?'],
    ['what does it sound like', 'What do you hear?'],
    ['Would I be correct in saying the circle is red?', 'What colour is the circle?'],
    ["Mummy what's that red thing?", 'What shape is the red object?'],
    ['Whats the yello star doin', 'What does the yellow star do?'],
    ['Kindly state what the heart is doing.', 'What does the heart do?'],
    ['What does the purple one do?', 'What does the purple object do?'],
  ])('is brought down to that: %j is asked as %j', (question, asked) => {
    expect(read(question)).toMatchObject({ isInDomain: true, asked });
  });

  it.each([
    'Are you a star?',
    'Do I have a ring?',
    'Do you move?',
    'What is the professor doing?',
    'Is the video about love?',
    'Play the sound again.',
  ])('is declined where it is about people: %j', (question) => {
    expect(read(question).isInDomain).toBe(false);
  });

  it('asks for each of two claims, and both are to hold', () => {
    const reading = read('is the square purple and the triangle yellow');
    expect(reading.further?.('Purple.')).toEqual([{ question: 'What colour is the triangle?' }]);
    expect(reading.tell?.('Purple.', ['Yellow.'])).toBe('Yes.');
    expect(reading.tell?.('Purple.', ['Green.'])).toBe('No.');
  });

  it('is two questions where it asks for two things, and the second is of what the first names', () => {
    expect(read("what's the orange thing and what does it do").each).toEqual([
      "what's the orange thing",
      'what does the orange thing do',
    ]);
  });

  it('tells the order of what a thing does, and what follows it', () => {
    expect(read('Does it spin before or after it shrinks?').tell?.('It shrinks and then spins.', [])).toBe('After.');
    const inTurn = 'First a green circle moves to the left, then an orange star moves up.';
    expect(read('what happens after the circle has moved').tell?.(inTurn, [])).toBe('The orange star moves up.');
  });
});

describe('a question in whatever words and order', () => {
  it.each([
    ['the thing on screen - colour and shape please', 'Describe the video.', 'A green triangle.'],
    ['so what is moving about in here', 'Describe the video.', 'The green triangle.'],
    ["there is a triangle, isn't there?", 'What colour is the triangle?', 'Yes.'],
    ['is there more than one shape', 'How many objects are there?', 'No.'],
    ['What is the last thing you hear?', 'What do you hear?', 'A bell.'],
  ])('%j', (question, asked, told) => {
    const answers: Record<string, string> = {
      'Describe the video.': 'A green triangle moves up and to the right.',
      'What colour is the triangle?': 'Green.',
      'How many objects are there?': 'One.',
      'What do you hear?': 'Two beeps, then a bell.',
    };
    const reading = read(question);
    expect(reading).toMatchObject({ isInDomain: true, asked });
    expect(reading.tell?.(answers[asked] ?? '', [])).toBe(told);
  });

  it('sets things beside each other', () => {
    const seen = 'A purple cross vanishes, and a yellow circle stays still.';
    const larger = read('Which is larger');
    expect(larger.further?.(seen)).toEqual([
      { question: 'Is the purple cross small or large?' },
      { question: 'Is the yellow circle small or large?' },
    ]);
    expect(larger.tell?.(seen, ['Large.', 'Small.'])).toBe('The purple cross.');
    expect(read('do both have the same colour?').tell?.(seen, [])).toBe('No.');
    expect(read('Where is the square hidden?').tell?.('A blue square passes behind a green circle.', [])).toBe(
      'Behind the green circle.',
    );
    const inTurn = 'First a green circle moves to the left, then an orange star moves up.';
    expect(read('do they move together').tell?.(inTurn, [])).toBe('No.');
  });

  it('tells when something is done from what each half of the clip shows', () => {
    const reading = read('when does it move');
    const halves = reading.further?.('It moves to the right.');
    expect(halves?.map(({ half }) => half)).toEqual(['first', 'second']);
    expect(reading.tell?.('It moves to the right.', ['It moves to the right.', 'It stays still.'])).toBe(
      'In the first half.',
    );
  });

  it('tells what is heard in a half from when each sound is heard', () => {
    const reading = read('Is it quiet at the end?');
    expect(reading.further?.('A bell.')).toEqual([{ question: 'When do you hear the bell?' }]);
    expect(reading.tell?.('A bell.', ['In the second half.'])).toBe('No.');
    expect(reading.tell?.('A bell.', ['In the first half.'])).toBe('Yes.');
  });

  it('may be several questions, each asked by itself', () => {
    expect(read('How many things are on screen, and when do you hear the bell?').each).toEqual([
      'How many things are on screen',
      'when do you hear the bell?',
    ]);
  });
});

it('with options is asked as it was put where its answer would be told from another question’s', () => {
  const options = '\n(A) A bell\n(B) Three beeps\nAnswer with the letter.';
  expect(read(`Which sound comes last?${options}`)).toMatchObject({
    isInDomain: true,
    asked: `Which sound comes last?${options}`,
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
    'Is it a movie star?',
    'Is the video in colour?',
    'How fast does the circle move?',
    'Who is behind this?',
    'How does one become a star?',
    '???',
  ])('is known by making no sense there: %j', (question) => {
    expect(read(question)).toMatchObject({ isInDomain: false, unknownWords: [] });
  });

  it('is known by a name that known words make', () => {
    expect(read('Does the Red Cross appear?').unknownWords).toEqual(['Red Cross']);
    expect(read('Does The Red Cross Appear?').isInDomain).toBe(true); // capitals all over are no name
  });

  it('is asked all the same of a model that may be asked anything', () => {
    expect(readQuestion(null, 'Who is it?')).toMatchObject({ isInDomain: true, asked: 'Who is it?' });
  });
});

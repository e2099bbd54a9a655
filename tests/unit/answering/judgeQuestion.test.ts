import { describe, expect, it } from 'vitest';
import { judgeQuestion } from '../../../src/main/engine/answering/judgeQuestion.ts';
import { plainQuestion, questionForOneScene } from '../../../src/main/engine/answering/plainQuestion.ts';

/** Free wordings, of any footage, by the kind of answer that they ask for. */
const wordings = {
  account: [
    'What happens in this clip?',
    'What is in the picture?',
    'what happens',
    'What’s going on?',
    'whats going on here',
    'Can you tell me what happens in this video, please?',
    'Describe the video.',
    'Describe this clip in detail',
    'Please summarise the film',
    'Give me a short summary of this recording',
    'Summary?',
    'What do you see?',
    'What can be seen in this scene?',
    'What is this video about?',
    'What does the clip show?',
    'Tell me everything about this video',
    'What is shown here?',
    'Hey, could you describe what is happening in it?',
    'Write a caption for the video.',
    'What do you see and hear?',
    'Which objects are there?',
    'What things can you see?',
    'How does the picture change?',
    'I would like to know what happens in the whole film',
    'In which order do things happen?',
    'What takes place?',
    'List everything you see',
    'What is going on in this clip?',
    'What all happens in it',
    'what is there to see',
    'Walk me through the video',
    'recap please',
  ],
  yesNo: [
    'Is there a dog?',
    'Are there any people in this video?',
    'Does a red heart show up at any point?',
    'Do you hear a bell?',
    'Can you hear music anywhere?',
    'Is anybody speaking or singing?',
    'Is somebody speaking or singing?',
    'Tell me whether a car drives by',
    'I wonder if there is a cat',
    'Any beeps?',
    'Is the circle red?',
    'There is a star, right?',
    'Is it true that the man smiles?',
    'Does she ever laugh?',
    'Did the door open?',
    'Isn’t there a dog in it?',
    'Is there a star or a heart?',
    'Has the ball been thrown?',
    'Would you say it rains?',
  ],
  count: [
    'How many beeps do you hear?',
    'How many people are there?',
    'Count the objects.',
    'What is the number of cars?',
    'How often does he jump?',
    'Tell me how many stars there are',
    'number of dogs?',
    'How many times does the bell ring?',
  ],
  when: [
    'When does the star blink?',
    'When is the bell heard?',
    'At what time does he enter?',
    'In which scene is the dog?',
    'Which scene shows the blue moon?',
    'Tell me when the train arrives',
    'At which point do you hear the knocks?',
    'In how many scenes is there a ring?',
    'How many scenes show a car?',
    'Where in the video is the red ring?',
    'What part has the goal?',
  ],
  edge: [
    'What happens first?',
    'What happens at the end?',
    'Which object is seen first?',
    'What do you hear last?',
    'How does it end?',
    'How does the video start?',
    'What is the first thing you see?',
    'Which sound comes last?',
    'What is shown at the beginning of the film?',
    'What is the last object?',
    'Who appears first?',
    'What happens in the end?',
    'What does the red circle do first?',
  ],
  compare: [
    'What comes first, the bell or the beeps?',
    'Which is seen first: the star or the moon?',
    'Which appears first, the dog or the cat?',
    'Does the red circle appear before the blue star?',
    'Is the bell heard after the knocks?',
    'Is the star seen before or after the moon?',
    'Do you hear the bell before or after the beeps?',
    'Do you see the man before the woman?',
    'Which one is last, the goal or the whistle?',
    'Who comes later, the bride or the groom?',
    'In which order do the bell and the beeps come?',
    'Was the car there before the bike?',
    'Is the dog or the cat first?',
  ],
  around: [
    'What happens after the bell is heard?',
    'What comes right after the red circle?',
    'What do you see before the star?',
    'What follows the applause?',
    'What is shown after the title?',
    'What happens before the goal?',
  ],
  who: [
    'Which object spins?',
    'What blinks?',
    'Who opens the door?',
    'What is moving to the left?',
    'Which shape stays still?',
    'Which object is spinning?',
    'Which animal runs away?',
  ],
  open: [
    'What colour is the star?',
    'What does the red circle do?',
    'What do you hear?',
    'What do you hear in all of it?',
    'Which colour does the circle have?',
    'What is the woman wearing?',
    'Where does the ball go?',
    'Why does he laugh?',
    'Is the circle red or blue?',
    'How big is the square?',
    'What is the shape of the red object?',
    'Describe the man with the hat.',
    'What does the star do after it grows?',
    'Is it small or large?',
    'What is written on the board?',
    'What is the star doing?',
    'Which sounds are there?',
    'What is he holding?',
    'Which way does the car go?',
    'What kind of music is it?',
  ],
};

describe('a question', () => {
  for (const [kind, questions] of Object.entries(wordings)) {
    it.each(questions)(`asks for an answer of the kind ${kind}: %s`, (question) => {
      expect(judgeQuestion(question).kind).toBe(kind);
    });
  }

  it('of always, only and never wants all scenes', () => {
    expect(judgeQuestion('Is it always dark?')).toEqual({ kind: 'yesNo', needs: 'all' });
    expect(judgeQuestion('Is the circle red all the time?')).toEqual({ kind: 'yesNo', needs: 'all' });
    expect(judgeQuestion('Is it ever dark?')).toEqual({ kind: 'yesNo', needs: 'any' });
  });

  it('of order names its things and what is asked of them', () => {
    expect(judgeQuestion('What comes first, the bell or the beeps?')).toEqual({
      kind: 'compare',
      things: ['the bell', 'the beeps'],
      asks: 'first',
    });
    expect(judgeQuestion('Does the red circle appear before the blue star?')).toEqual({
      kind: 'compare',
      things: ['the red circle', 'the blue star'],
      asks: 'is before',
    });
    expect(judgeQuestion('Is the star seen before or after the moon?')).toMatchObject({
      things: ['the star', 'the moon'],
    });
    expect(judgeQuestion('What happens right after the bell is heard?')).toEqual({
      kind: 'around',
      side: 'after',
      thing: 'the bell is heard',
    });
    expect(judgeQuestion('What is the last object?')).toEqual({ kind: 'edge', edge: 'last', isAccount: false });
    expect(judgeQuestion('How does it end?')).toEqual({ kind: 'edge', edge: 'last', isAccount: true });
  });

  it('of a time is asked of one scene as a question of yes or no', () => {
    const eventOf = (question: string) => (judgeQuestion(question) as { event: string }).event;
    expect(eventOf('When does the star blink?')).toBe('Does the star blink?');
    expect(eventOf('When is the bell heard?')).toBe('Is there a bell?');
    expect(eventOf('When do you hear the beeps?')).toBe('Are there beeps?');
    expect(eventOf('Which scene shows an orange moon?')).toBe('Is there an orange moon?');
    expect(eventOf('Tell me when the train arrives')).toBe('Is it true that the train arrives?');
  });

  it('is read without what is said around it, and asked of one scene without words for the whole', () => {
    expect(plainQuestion('Hey, could you please tell me what’s going on in this clip?')).toBe('what is going on');
    expect(questionForOneScene('What do you hear in all of it?')).toBe('What do you hear?');
    expect(questionForOneScene('Does a red heart show up at any point?')).toBe('Does a red heart show up?');
    expect(questionForOneScene('What colour is the star in the video?')).toBe('What colour is the star in the video?');
  });
});

import { describe, expect, it } from 'vitest';
import { isFollowUp } from '../../../src/main/engine/answering/followUp.ts';

describe('a question in a talk', () => {
  it.each([
    'Which colour was that again?',
    'What colour is it?',
    'And the star?',
    'What about the blue one?',
    'How about the man?',
    'Why?',
    'Which colour?',
    'How many?',
    'What does it do?',
    'Where is he going?',
    'What are they doing?',
    'Is that the same one as before?',
    'Are you sure?',
    'What did you say?',
    'What else happens?',
    'And then?',
    'Then what?',
    'Does she laugh?',
    'Is it red?',
    'What is the other one?',
    'Which of them is bigger? And what about both of them?',
    'Tell me more',
    'What colour are those?',
    'No, I meant the circle',
    'What is his name?',
    'Could you say that again?',
  ])('leans on what was said before: %s', (question) => {
    expect(isFollowUp(question)).toBe(true);
  });

  it.each([
    'What colour is the star?',
    'What happens in it?',
    'What is this?',
    'What is it about?',
    'How does it end?',
    'Is there a dog?',
    'Is it raining?',
    'Is it true that the circle moves up?',
    'Is it silent?',
    'What does the star do after it grows?',
    'Does the man take off his hat?',
    'Who takes off his hat?',
    'What is that dog doing?',
    'Summary?',
    'Any beeps?',
    'What do you hear in all of it?',
    'Which object moves before it spins?',
    'When do you hear the bell?',
    'What comes first, the bell or the beeps?',
    'Is anybody holding their phone?',
    'Describe the video.',
    'What happens after the bell?',
  ])('stands alone: %s', (question) => {
    expect(isFollowUp(question)).toBe(false);
  });
});

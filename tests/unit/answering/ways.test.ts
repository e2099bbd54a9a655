import { describe, expect, it } from 'vitest';
import { chooseWay } from '../../../src/main/engine/answering/chooseWay.ts';
import { cutLooks, type Look } from '../../../src/main/engine/answering/cutLooks.ts';
import { judgeQuestion } from '../../../src/main/engine/answering/judgeQuestion.ts';
import { inTime } from '../../../src/main/engine/answering/lookOutcome.ts';
import { presenceQuestion } from '../../../src/main/engine/answering/presence.ts';
import { spread } from '../../../src/main/engine/answering/rankLooks.ts';
import { numberIn, readReply } from '../../../src/main/engine/answering/readReply.ts';
import type { Inquiry, Joined, Reply } from '../../../src/main/engine/answering/way.ts';
import type { CaptionSource } from '../../../src/main/engine/answering/ways/account.ts';

const captions: CaptionSource = { name: 'm', version: 'v1', kind: 'video', isUsable: true };

function scenes(count: number, seconds = 4): { startSec: number; endSec: number }[] {
  return Array.from({ length: count }, (_, i) => ({ startSec: i * seconds, endSec: (i + 1) * seconds }));
}

function looksOf(count: number): Look[] {
  return cutLooks(scenes(count), { startSec: 0, endSec: count * 4 }, 30);
}

/** Joins what `say` answers of each scene (by its number from 0). */
function joined(question: string, count: number, say: (scene: number, question: string) => string): Joined {
  const looks = looksOf(count);
  const way = chooseWay(judgeQuestion(question), question, looks, captions);
  const reply = (inquiry: Inquiry): Reply => {
    const text = inquiry.known ?? say(looks.indexOf(inquiry.look), inquiry.question);
    return { ...inquiry, text, meaning: readReply(text) };
  };
  const asked = way.order === 'backwards' ? way.inquiries.toReversed() : way.inquiries;
  const replies: Reply[] = [];
  for (const inquiry of asked) {
    replies.push(reply(inquiry));
    if (way.isEnough?.(replies)) break;
  }
  replies.push(...(way.next?.(inTime(replies)) ?? []).map(reply));
  return way.join(inTime(replies), { unit: 'scene', total: count, lookedAt: count });
}

const at = (scene: number, text = '') => ({ startSec: scene * 4, endSec: scene * 4 + 4, text });

describe('what scenes say is joined by plain rules', () => {
  it('an account is told in the order of the file, and what neighbours say alike once', () => {
    const said = ['A cat sleeps.', 'A cat sleeps.', 'A dog comes.'];
    expect(joined('What happens?', 3, (scene) => said[scene] as string)).toEqual({
      summary: '',
      parts: [{ startSec: 0, endSec: 8, text: 'A cat sleeps.' }, at(2, 'A dog comes.')],
    });
  });

  it('yes if any, and which', () => {
    const answer = joined('Is there a dog?', 5, (scene) => (scene === 1 || scene === 3 ? 'Yes.' : 'No.'));
    expect(answer).toEqual({ summary: 'Yes, in 2 of 5 scenes: 0:04–0:08 and 0:12–0:16.', parts: [at(1), at(3)] });
    expect(joined('Is there a dog?', 5, () => 'No.').summary).toBe('No, in none of the 5 scenes.');
    expect(joined('Is the dog brown?', 2, (scene) => (scene ? 'Yes.' : 'There is no dog.')).summary).toBe(
      'Yes, at 0:04–0:08.',
    );
  });

  it('always is only said when all scenes say so', () => {
    expect(joined('Is it always dark?', 3, () => 'Yes, it is.').summary).toBe('Yes, in all of the 3 scenes.');
    expect(joined('Is it always dark?', 3, (scene) => (scene === 1 ? 'No.' : 'Yes.'))).toEqual({
      summary: 'No, not at 0:04–0:08.',
      parts: [at(1)],
    });
  });

  it('counts are given scene by scene and never added up', () => {
    const said = ['Two.', 'There are no beeps.', 'Three.', '0'];
    const answer = joined('How many beeps do you hear?', 4, (scene) => said[scene] as string);
    expect(answer).toEqual({
      summary: 'In 2 of 4 scenes: 0:00–0:04 and 0:08–0:12.',
      parts: [at(0, 'Two.'), at(2, 'Three.')],
    });
    expect(JSON.stringify(answer)).not.toMatch(/five|5\b/i);
  });

  it('of an attribute only the scenes that have an answer are named', () => {
    const said = ['There is no star.', 'Red.', 'There is no star.', 'Blue.'];
    expect(joined('What colour is the star?', 4, (scene) => said[scene] as string)).toEqual({
      summary: '',
      parts: [at(1, 'Red.'), at(3, 'Blue.')],
    });
    const alike = joined('What colour is the star?', 4, (scene) => (scene % 2 ? 'Red.' : 'There is no star.'));
    expect(alike.summary).toBe('Red (0:04–0:08 and 0:12–0:16).');
    expect(joined('What colour is the star?', 4, () => 'There is no star.').summary).toBe(
      'There is no star in the 4 scenes.',
    );
  });

  it('a time is that of the scenes which say yes', () => {
    const answer = joined('When does the star blink?', 4, (scene, question) => {
      expect(question).toBe('Does the star blink?');
      return scene === 2 ? 'Yes.' : 'No.';
    });
    expect(answer).toEqual({ summary: 'At 0:08–0:12.', parts: [at(2)] });
  });

  it('which of two things comes first is told from the order of the scenes', () => {
    const has: Record<string, number[]> = { 'Is there a bell?': [2], 'Are there beeps?': [0, 3] };
    const say = (scene: number, question: string) => (has[question]?.includes(scene) ? 'Yes.' : 'No.');
    expect(joined('What comes first, the bell or the beeps?', 4, say).summary).toBe(
      'First the beeps (0:00–0:04 and 0:12–0:16), then the bell (0:08–0:12).',
    );
    expect(joined('Is the bell heard before the beeps?', 4, say).summary).toMatch(/^No: first the beeps/);
    expect(joined('Is the bell heard before or after the beeps?', 4, say).summary).toMatch(/^After: first the beeps/);
    expect(joined('What comes last, the bell or the beeps?', 4, say).summary).toMatch(
      /^Last the beeps .*before it the bell/,
    );
    const none = joined('What comes first, the bell or the dog?', 4, say);
    expect(none.summary).toBe('Only the bell was found, at 0:08–0:12; the dog was not, in the 4 scenes.');
  });

  it('two things of one scene are put in order by the model', () => {
    const question = 'What comes first, the bell or the beeps?';
    const answer = joined(question, 3, (scene, asked) =>
      asked === question ? 'The bell.' : scene === 1 ? 'Yes.' : 'No.',
    );
    expect(answer).toEqual({ summary: '', parts: [at(1, 'The bell.')] });
  });

  it('what comes after a thing is the scene after it', () => {
    const say = (scene: number, question: string) => {
      if (question === 'Is there a bell?') return scene === 1 ? 'Yes.' : 'No.';
      return question === 'Describe the video.' ? `Scene ${scene}.` : 'Nothing.';
    };
    expect(joined('What happens after the bell is heard?', 4, say).parts).toEqual([at(2, 'Scene 2.')]);
    expect(joined('What comes before the bell?', 4, say).parts).toEqual([at(0, 'Scene 0.')]);
  });

  it('first and last are those of the file, where there is an answer', () => {
    expect(joined('What do you hear first?', 4, (scene) => (scene < 2 ? 'Nothing.' : `Sound ${scene}.`)).parts).toEqual(
      [at(2, 'Sound 2.')],
    );
    expect(joined('What happens at the end?', 3, (scene) => `Scene ${scene}.`).parts).toEqual([at(2, 'Scene 2.')]);
  });

  it('a question that takes a deed for granted is checked in every scene', () => {
    const answer = joined('Which object spins?', 3, (scene, question) => {
      if (question === 'Which object spins?') return scene === 2 ? 'The blue star.' : 'The red circle.';
      return question === 'Is it true that the blue star spins?' ? 'Yes.' : 'No.';
    });
    expect(answer.parts).toEqual([at(2, 'The blue star.')]);
  });
});

describe('a range of a file', () => {
  it('is cut into its scenes, and scenes that are too long for the model into even parts', () => {
    const cut = cutLooks([...scenes(2), { startSec: 8, endSec: 17 }], { startSec: 0, endSec: 17 }, 4.2);
    expect(cut.map(({ startSec, endSec }) => [startSec, endSec])).toEqual([
      [0, 4],
      [4, 8],
      [8, 11],
      [11, 14],
      [14, 17],
    ]);
  });

  it('that reaches a little into a neighbour is not a look at it', () => {
    const [only, ...others] = cutLooks(scenes(3), { startSec: 3.8, endSec: 8.1 }, 30);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ startSec: 4, endSec: 8 });
    expect(cutLooks(scenes(3), { startSec: 3.9, endSec: 4.2 }, 30)).toMatchObject([{ startSec: 3.9, endSec: 4.2 }]);
  });

  it('is looked at spread over the whole where nothing is likelier', () => {
    expect(spread([0, 1, 2, 3, 4, 5, 6]).slice(0, 3)).toEqual([3, 1, 5]);
    expect(spread([0, 1, 2, 3, 4]).toSorted()).toEqual([0, 1, 2, 3, 4]);
  });

  it('gives a caption of the index only where it is of this model, this version and this very stretch', () => {
    const piece = { kind: 'caption' as const, text: 'A.', source: 'm', sourceVersion: 'v1', confidence: null };
    const scene = { startSec: 0, endSec: 4, knowledge: [{ ...piece, startSec: 0, endSec: 4 }] };
    const known = (source: Partial<CaptionSource>, range = { startSec: 0, endSec: 8 }) => {
      const looks = cutLooks([scene, { startSec: 4, endSec: 8 }], range, 30);
      return chooseWay({ kind: 'account' }, 'What happens?', looks, { ...captions, ...source }).inquiries[0]?.known;
    };
    expect(known({})).toBe('A.');
    expect(known({ version: 'v2' })).toBeUndefined();
    expect(known({ name: 'other' })).toBeUndefined();
    expect(known({ isUsable: false })).toBeUndefined();
    expect(known({}, { startSec: 2, endSec: 8 })).toBeUndefined();
  });
});

describe('a reply', () => {
  it.each([
    ['Yes.', 'yes'],
    ['Yes, there is a man.', 'yes'],
    ['No.', 'no'],
    ['There is no star.', 'absent'],
    ['No, there is no star in the video.', 'absent'],
    ['There are no beeps.', 'absent'],
    ['I was given no sound.', 'absent'],
    ['The colour cannot be determined.', 'absent'],
    ['The video does not show a dog.', 'absent'],
    ['Nothing.', 'nothing'],
    ['It is silent.', 'nothing'],
    ['A red circle.', 'statement'],
    ['There is a star.', 'statement'],
  ])('%s means %s', (text, meaning) => {
    expect(readReply(text)).toBe(meaning);
  });

  it('has its number read, spelt or in figures', () => {
    expect(['Three.', 'I count 12 beeps.', 'None.', 'Red.'].map(numberIn)).toEqual([3, 12, 0, null]);
  });
});

describe('whether a scene has a thing', () => {
  it.each([
    ['the red circle', 'Is there a red circle?'],
    ['an orange moon', 'Is there an orange moon?'],
    ['the beeps', 'Are there beeps?'],
    ['two knocks', 'Are there two knocks?'],
    ['the loud beeps', 'Are there loud beeps?'],
    ['the bell is heard', 'Is there a bell?'],
    ['the burst of noise', 'Is there a burst of noise?'],
    ['people', 'Are there people?'],
    ['music', 'Is there music?'],
    ['the red circle moves up', 'Is it true that the red circle moves up?'],
    ['the man opens the door', 'Is it true that the man opens the door?'],
    ['a star blinks', 'Is it true that a star blinks?'],
    ['the dog is running', 'Is it true that the dog is running?'],
  ])('%s is asked for as: %s', (named, question) => {
    expect(presenceQuestion(named)).toBe(question);
  });
});

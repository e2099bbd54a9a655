/** A time that a question names selects what is looked at; no model sees seconds. */
import { describe, expect, it } from 'vitest';
import type { Look } from '../../../src/main/engine/answering/cutLooks.ts';
import { looksAtTime } from '../../../src/main/engine/answering/looksAtTime.ts';
import { readTime } from '../../../src/main/engine/answering/readTime.ts';

const seconds = (startSec: number, endSec: number) => ({ kind: 'seconds', startSec, endSec });

describe('the time that a question names', () => {
  it.each([
    ['What happens at 0:10?', 'What happens?', seconds(10, 10)],
    ['After one minute and five seconds, what is there?', 'What is there?', seconds(65, 65)],
    ['What happens 12 seconds in?', 'What happens?', seconds(12, 12)],
    ['What can I see at the 5 second mark?', 'What can I see?', seconds(5, 5)],
    ["What's going on between 0:12 and 0:16?", "What's going on?", seconds(12, 16)],
    ['from 0:10 on, what moves?', 'What moves?', seconds(10, Infinity)],
    ['what do you hear in the first ten seconds?', 'What do you hear?', seconds(0, 10)],
    ['who speaks in the last 30 seconds of the video?', 'Who speaks?', { kind: 'lastSeconds', sec: 30 }],
    ['what is in the second half of the clip?', 'What is there?', { kind: 'share', from: 0.5, to: 1 }],
    ['what happens halfway through', 'What happens', { kind: 'share', from: 0.5, to: 0.5 }],
    ['Is it quiet at the end?', 'Is it quiet?', { kind: 'edge', edge: 'last' }],
    ['how many knocks in the third scene', 'How many knocks here', { kind: 'scene', number: 3 }],
    ['Tell me about the last scene', 'Tell me about the scene', { kind: 'scene', number: -1 }],
    ['is it silent in the first two scenes?', 'Is it silent?', { kind: 'scenes', edge: 'first', count: 2 }],
  ])('%j', (asked, question, time) => {
    expect(readTime(asked)).toEqual({ question, time });
  });

  it.each([
    'Does the star spin after two beeps?',
    'what comes after the second beep',
    'how many seconds does it last',
    'Is there a second star?',
    'What is the last thing you hear?',
  ])('is none in %j', (asked) => {
    expect(readTime(asked)).toBeNull();
  });
});

describe('the looks that a time selects', () => {
  const range = { startSec: 0, endSec: 20 };
  const looks: Look[] = [0, 4, 8, 12, 16].map((startSec) => {
    const scene = { startSec, endSec: startSec + 4 };
    return { ...scene, scene, knowledge: [] };
  });
  const at = (question: string) => {
    const found = looksAtTime(readTime(question)?.time as never, looks, range);
    return typeof found === 'string' ? found : found.map(({ startSec }) => startSec);
  };

  it('hold that moment, or lie mostly within that stretch', () => {
    expect(at('What happens at 0:10?')).toEqual([8]);
    expect(at('What happens in the second half?')).toEqual([12, 16]);
    expect(at('What happens in the first ten seconds?')).toEqual([0, 4]); // half of the third is outside
    expect(at('What happens in the last four seconds?')).toEqual([16]);
    expect(at('What happens in the third scene?')).toEqual([8]);
    expect(at('What happens in the last two scenes?')).toEqual([12, 16]);
  });

  it('are none where the file has no such time, which is said', () => {
    expect(at('What happens at 1:30?')).toContain('outside of what was asked about, 0:00–0:20');
    expect(at('What happens in the ninth scene?')).toBe('There is no scene 9: what was asked about has 5 scenes.');
  });

  it('are cut where one is much longer than what was asked for', () => {
    const long: Look = { startSec: 0, endSec: 30, scene: { startSec: 0, endSec: 30 }, knowledge: [] };
    const found = looksAtTime({ kind: 'seconds', startSec: 12, endSec: 12 }, [long], { startSec: 0, endSec: 30 });
    expect(found).toMatchObject([{ startSec: 8, endSec: 16, scene: { startSec: 0, endSec: 30 } }]);
  });
});

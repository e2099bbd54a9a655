import { describe, expect, test } from 'vitest';
import type { MediaKind, Modality } from '../../../src/contract/index.ts';
import { type ChosenModality, chooseModality } from '../../../src/main/answering/tasks/chooseModality.ts';

const all: ChosenModality[] = ['video', 'audio', 'av'];
const clip = (kind: MediaKind, hasAudio: boolean) => ({ kind, hasAudio, path: '/clip' });
const refusal = (asked: Modality, of: ReturnType<typeof clip>, modelHas: ChosenModality[]) => {
  try {
    return chooseModality(asked, of, modelHas);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the senses of an answer', () => {
  test('auto takes all that the clip and the model have', () => {
    expect(chooseModality('auto', clip('video', true), all)).toBe('av');
    expect(chooseModality('auto', clip('video', false), all)).toBe('video');
    expect(chooseModality('auto', clip('audio', true), all)).toBe('audio');
    expect(chooseModality('auto', clip('image', false), all)).toBe('video');
    expect(chooseModality('auto', clip('video', true), ['video'])).toBe('video');
  });

  test('what was asked for is taken as it is', () => {
    expect(chooseModality('video', clip('video', true), all)).toBe('video');
    expect(chooseModality('audio', clip('video', true), all)).toBe('audio');
  });

  test('sound of a silent video and pictures of a sound file are refused by name', () => {
    expect(refusal('av', clip('video', false), all)).toBe('no-audio');
    expect(refusal('audio', clip('video', false), all)).toBe('no-audio');
    expect(refusal('audio', clip('image', false), all)).toBe('no-audio');
    expect(refusal('video', clip('audio', true), all)).toBe('no-video');
    expect(refusal('av', clip('audio', true), all)).toBe('no-video');
  });

  test('a model that only sees is not asked about sound', () => {
    expect(refusal('audio', clip('video', true), ['video'])).toBe('invalid-input');
    expect(refusal('auto', clip('audio', true), ['video'])).toBe('invalid-input');
  });
});

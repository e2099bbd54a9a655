import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadChatTemplate } from '../../../src/main/answering/preprocess/text/chatTemplate.ts';
import { loadTextTokenizer } from '../../../src/main/answering/preprocess/text/textTokenizer.ts';
import { fitPrompt } from '../../../src/main/answering/tasks/fitPrompt.ts';
import { readBundleManifest, type VideoLlamaManifest } from '../../../src/main/models/bundleManifest.ts';
import { longestLookSec, mediaTokens } from '../../../src/main/models/promptRoom.ts';
import type { AnswerInput, EarlierTurn } from '../../../src/main/ports/modelHostApi.ts';

const bundle = join(import.meta.dirname, '..', '..', '..', 'resources', 'models', 'sample-av');
type Model = Parameters<typeof fitPrompt>[0];
let sample: Model;
/** The same model, had it been taught to go on from earlier turns. */
let talkative: Model;

beforeAll(async () => {
  const manifest = (await readBundleManifest(bundle)) as VideoLlamaManifest;
  const tokenizer = await loadTextTokenizer(bundle);
  sample = { manifest, tokenizer, chatTemplate: await loadChatTemplate(bundle, tokenizer) };
  talkative = { ...sample, manifest: { ...manifest, conversation: undefined } };
});

function input(question: string, seconds = 4, history?: EarlierTurn[]): AnswerInput {
  const clip = { path: '/a.mp4', kind: 'video', segment: { startSec: 0, endSec: seconds }, hasAudio: true } as const;
  return { clip, question, modality: 'auto', history };
}

function thrownBy(work: () => unknown): { code?: string; message?: string } {
  try {
    work();
  } catch (thrown) {
    return thrown as { code?: string; message?: string };
  }
  return {};
}

describe('a prompt', () => {
  it('counts frames and windows of sound before anything is decoded', () => {
    const { manifest } = sample;
    expect(mediaTokens(manifest, { modality: 'video', seconds: 100 })).toBe(64);
    expect(mediaTokens(manifest, { modality: 'av', seconds: 4 })).toBe(64 + 85);
    expect(mediaTokens(manifest, { modality: 'audio', seconds: 9 })).toBe(3 * 85);
    expect(longestLookSec(manifest)).toBe(4.2);
    const sevenB = structuredClone(manifest);
    sevenB.maxClipSeconds = undefined;
    expect(longestLookSec(sevenB)).toBe(30);
    sevenB.architecture.language.maxPositions = 512;
    expect(longestLookSec(sevenB)).toBeCloseTo(3 * 4.3); // 512 less a quarter for words and 64 frames: 3 windows of 85
  });

  it('of a clip that is too long, or of a question that is, says so in words', () => {
    const clip = thrownBy(() => fitPrompt(sample, input('What?', 200), 'av'));
    expect(clip).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('A clip of 200 s is too long'),
    });
    const question = thrownBy(() => fitPrompt(sample, input('What colour is the circle? '.repeat(400)), 'av'));
    expect(question.message).toMatch(/This question is too long for this model: .* room for about \d+ words/);
    expect(`${clip.message} ${question.message}`).not.toMatch(/position|token/);
  });

  it('keeps what was said before, as much as fits, the oldest left out first', () => {
    const turn = (name: string): EarlierTurn => ({ question: `What is ${name}? `.repeat(90), answer: 'A circle.' });
    const read = (history: EarlierTurn[]) => {
      const { before, after } = fitPrompt(talkative, input('And then?', 4, history), 'av');
      return talkative.tokenizer.decode([...before, ...after]);
    };
    expect(read([turn('red')])).toContain('What is red');
    const long = read([turn('red'), turn('green'), turn('blue'), turn('pink')]);
    expect(long).not.toContain('What is red');
    expect(long).toContain('What is pink');
    expect(long).toContain('And then?');
  });

  it('of a model that cannot go on from earlier turns has none', () => {
    const alone = fitPrompt(sample, input('What is it?'), 'av');
    expect(fitPrompt(sample, input('What is it?', 4, [{ question: 'x', answer: 'y' }]), 'av')).toEqual(alone);
  });
});

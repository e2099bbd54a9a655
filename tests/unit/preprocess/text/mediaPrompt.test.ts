import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createChatTemplate, loadChatTemplate } from '../../../../src/main/answering/preprocess/text/chatTemplate.ts';
import { type ModalToken, tokenizeMediaPrompt } from '../../../../src/main/answering/preprocess/text/mediaPrompt.ts';
import { loadTextTokenizer } from '../../../../src/main/answering/preprocess/text/textTokenizer.ts';

const fixtures = fileURLToPath(new URL('../../../fixtures/parity/', import.meta.url));
const modalTokens: Record<string, ModalToken> = {
  video: '<video>',
  'audio-video': '<video>',
  image: '<image>',
  audio: '<audio>',
};

async function load(name: string) {
  const folder = fixtures + name;
  const tokenizer = await loadTextTokenizer(folder);
  const chatTemplate = await loadChatTemplate(folder, tokenizer);
  const expected = JSON.parse(await readFile(`${folder}/expected.json`, 'utf8'));
  return { tokenizer, chatTemplate, expected };
}

describe.each(['qwen2-siglip-stc35-beats', 'mistral-clip-stc', 'mixtral-clip-stc'])('the prompt of %s', (name) => {
  test('has the text and the ids of the reference', async () => {
    const { tokenizer, chatTemplate, expected } = await load(name);
    for (const { modal, question, prompt, input_ids } of expected.cases) {
      const ours = tokenizeMediaPrompt(tokenizer, chatTemplate, {
        modalToken: modalTokens[modal] as ModalToken,
        question,
        systemMessage: expected.system_message,
      });
      expect(ours.text).toBe(prompt);
      expect(ours.inputIds).toEqual(input_ids);
    }
  });

  test('begins with the same ids for every question, so that a clip is read once', async () => {
    const { tokenizer, chatTemplate, expected } = await load(name);
    const ask = (question: string) =>
      tokenizeMediaPrompt(tokenizer, chatTemplate, {
        modalToken: '<video>',
        question,
        systemMessage: expected.system_message,
      });
    expect(ask('Who is there?').before).toEqual(ask('What colour is it? <video>').before);
  });
});

/** What follows the media, as transformers' chat template and tokenizer give it for this talk. */
const afterMedia = {
  'qwen2-siglip-stc35-beats': [
    198, 463, 279, 78, 348, 81, 412, 261, 279, 341, 66, 264, 30, 511, 198, 510, 324, 277, 312, 198, 40, 83, 412, 280,
    68, 67, 13, 511, 198, 510, 371, 198, 286, 72, 66, 71, 279, 78, 348, 81, 220, 86, 324, 259, 71, 325, 256, 70, 64,
    262, 30, 511, 198, 510, 324, 277, 312, 198,
  ],
  'mistral-clip-stc': [
    295, 259, 317, 352, 274, 286, 378, 288, 295, 373, 302, 274, 280, 288, 355, 276, 343, 94, 262, 76, 81, 268, 269, 96,
    295, 76, 330, 373, 288, 276, 275, 312, 2, 1, 295, 94, 76, 81, 268, 269, 96, 405, 280, 274, 279, 295, 274, 286, 378,
    288, 295, 293, 272, 301, 290, 279, 272, 395, 278, 272, 300, 343, 94, 262, 76, 81, 268, 269, 96,
  ],
};

describe.each(Object.entries(afterMedia))('a talk with %s', (name, ids) => {
  test('has the ids of the reference for a second turn, and the media before the first', async () => {
    const { tokenizer, chatTemplate, expected } = await load(name);
    const ask = (question: string, history: { question: string; answer: string }[]) =>
      tokenizeMediaPrompt(tokenizer, chatTemplate, {
        modalToken: '<video>',
        question,
        history,
        systemMessage: expected.system_message,
      });
    const first = { question: 'What colour is the circle?', answer: 'It is red.' };
    const second = ask('Which colour was that again?', [first]);
    expect(second.after).toEqual(ids);
    expect(second.before).toEqual(ask(first.question, []).before);
    expect(second.inputIds.filter((id) => id === -201)).toHaveLength(1);
  });
});

test('a modal token that a person writes in a question stays text', async () => {
  const { tokenizer, chatTemplate } = await load('qwen2-siglip-stc35-beats');
  const input = { modalToken: '<video>' as const, systemMessage: 'Look at the <video> well.' };
  const prompt = tokenizeMediaPrompt(tokenizer, chatTemplate, { ...input, question: 'Is <video> a word?' });
  expect(tokenizer.decode(prompt.before)).toContain('Look at the <video> well.');
  expect(tokenizer.decode(prompt.after)).toContain('Is <video> a word?');
});

test('a chat template that cannot be used is a model error with its reason', () => {
  const template = createChatTemplate("{{ raise_exception('roles must alternate') }}", {});
  expect(() => template([{ role: 'user', content: 'x' }])).toThrow(
    expect.objectContaining({ code: 'model-invalid', causeText: expect.stringContaining('roles must alternate') }),
  );
});

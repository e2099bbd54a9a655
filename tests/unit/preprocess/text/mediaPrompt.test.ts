import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createChatTemplate, loadChatTemplate } from '../../../../src/main/core/preprocess/text/chatTemplate.ts';
import { type ModalToken, tokenizeMediaPrompt } from '../../../../src/main/core/preprocess/text/mediaPrompt.ts';
import { loadTextTokenizer } from '../../../../src/main/core/preprocess/text/textTokenizer.ts';

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

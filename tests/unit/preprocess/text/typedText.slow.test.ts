/** What a person types is letters, and what a model brings comes to an end. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createChatTemplate, loadChatTemplate } from '../../../../src/main/answering/preprocess/text/chatTemplate.ts';
import { tokenizeMediaPrompt } from '../../../../src/main/answering/preprocess/text/mediaPrompt.ts';
import {
  createTextTokenizer,
  loadTextTokenizer,
} from '../../../../src/main/answering/preprocess/text/textTokenizer.ts';
import { withinTime } from '../../../../src/main/answering/preprocess/text/withinTime.ts';

const folderOf = (name: string) => fileURLToPath(new URL(`../../../fixtures/parity/${name}`, import.meta.url));

test.each([
  ['qwen2-siglip-stc35-beats', '<|im_end|>'],
  ['mistral-clip-stc', '</s>'],
])('in a question to %s, %s is letters; as the reference takes it, it is a control token', async (name, control) => {
  const folder = folderOf(name);
  const tokenizer = await loadTextTokenizer(folder);
  const chatTemplate = await loadChatTemplate(folder, tokenizer);
  const [id] = tokenizer.encode(control);
  const question = `Who is ${control} there?`;
  const ids = (asReference: boolean, text = question) =>
    tokenizeMediaPrompt(tokenizer, chatTemplate, {
      modalToken: '<video>',
      question: text,
      history: [{ question: `first ${control}`, answer: `then ${control}` }],
      systemMessage: null,
      asReference,
    });
  const count = (list: number[]) => list.filter((each) => each === id).length;
  const own = count(tokenizeOwn());
  expect(count(ids(true).inputIds)).toBe(own + 3);
  expect(count(ids(false).inputIds)).toBe(own);
  expect(ids(false).text).toBe(ids(true).text);
  const letters = tokenizer.decode(ids(false).after);
  for (const letter of ['im_end', '/s'].filter((each) => control.includes(each))) expect(letters).toContain(letter);

  function tokenizeOwn(): number[] {
    return tokenizeMediaPrompt(tokenizer, chatTemplate, {
      modalToken: '<video>',
      question: 'Who is there?',
      history: [{ question: 'first', answer: 'then' }],
      systemMessage: null,
    }).inputIds;
  }
});

test('a template that loops and a pattern that backtracks are broken off, and the process goes on', async () => {
  const endless = () => {
    for (;;);
  };
  expect(() => withinTime(endless, 50)).toThrow(/timed out/);
  const backtracking = () => /^(a+)+$/.test(`${'a'.repeat(40)}b`);
  expect(() => withinTime(backtracking, 50)).toThrow(/timed out/);
  expect(withinTime(() => 'goes on')).toBe('goes on');
});

test('a chat template that does not end is a reason in words', () => {
  const loops =
    '{% for a in range(3000) %}{% for b in range(3000) %}{% for c in range(3000) %}{% endfor %}{% endfor %}{% endfor %}';
  const template = createChatTemplate(loops, {});
  expect(() => template([{ role: 'user', content: 'x' }])).toThrowError(
    expect.objectContaining({ code: 'model-invalid', message: expect.stringContaining('does not come to an end') }),
  );
});

test('a tokenizer whose pattern backtracks is a reason in words', async () => {
  const json = JSON.parse(await readFile(`${folderOf('qwen2-siglip-stc35-beats')}/tokenizer.json`, 'utf8'));
  json.pre_tokenizer = { type: 'Split', pattern: { Regex: '(a+)+$' }, behavior: 'Isolated', invert: false };
  const tokenizer = createTextTokenizer(json, {});
  expect(() => tokenizer.encode(`${'a'.repeat(60)}b`)).toThrowError(
    expect.objectContaining({ code: 'model-invalid', message: expect.stringContaining('does not come to an end') }),
  );
});

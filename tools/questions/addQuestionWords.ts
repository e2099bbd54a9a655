/** A list of a world's words to questions.json, as a part of a bundle. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { parseQuestionWords, questionsFileName } from '../../src/main/answering/model/questions/questionsFile.ts';
import { addPart } from '../lib/bundleParts.ts';
import { englishWords } from './englishWords.ts';
import { type Irregular, nounForms, verbForms } from './inflect.ts';
import { notMisspelt } from './notMisspelt.ts';

const sourceSchema = z.object({
  knows: z.string(),
  examples: z.array(z.string()),
  /** "deed:spin/v" to "spin, rotate": verbs (v), nouns (n) or words that do not change (-). */
  words: z.record(z.string().regex(/^[a-z:\- ]+\/[vn-]$/), z.string()),
  contractions: z.record(z.string(), z.string()),
  irregular: z.record(z.string(), z.array(z.string())),
  says: z.record(z.string(), z.string()),
});

/** @returns how many words and phrases it knows */
export async function addQuestionWords(bundleFolder: string, wordsFile: string): Promise<number> {
  const source = sourceSchema.parse(JSON.parse(await readFile(wordsFile, 'utf8')));
  const words = Object.fromEntries(meaningsOf(source.words, source.irregular));
  const { knows, examples, contractions, says } = source;
  const known = new Set(Object.keys(words).flatMap((phrase) => phrase.split(' ')));
  const english = await englishWords();
  const content = {
    formatVersion: 1,
    knows,
    examples,
    words,
    contractions,
    notMisspelt: notMisspelt(known, english),
    says,
  };
  const text = `${JSON.stringify(content, null, 1)}\n`;
  parseQuestionWords(text);
  await addPart(bundleFolder, 'questions', questionsFileName, text);
  return Object.keys(words).length;
}

function meaningsOf(words: Record<string, string>, irregular: Irregular): Map<string, string[]> {
  const meanings = new Map<string, string[]>();
  for (const [key, phrases] of Object.entries(words)) {
    const [meaning = '', sort] = key.split('/');
    for (const phrase of phrases.split(',').map((each) => each.trim().replaceAll('-', ' '))) {
      for (const form of formsOf(phrase, sort, irregular)) {
        const before = meanings.get(form) ?? [];
        if (!before.includes(meaning)) meanings.set(form, [...before, meaning]);
      }
    }
  }
  return new Map([...meanings].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function formsOf(phrase: string, sort: string | undefined, irregular: Irregular): string[] {
  if (sort === 'v') return verbForms(phrase, irregular);
  return sort === 'n' ? nounForms(phrase) : [phrase];
}

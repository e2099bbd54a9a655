/**
 * node tools/buildQuestions.ts <bundle folder> [<file of words>]
 * Writes the words that a small model can be asked in (questions.json, named in the manifest) into a bundle: those of
 * `tools/questions/sampleWorld.json` with their inflections, and the English words that are no misspelling of them.
 */
import { join, resolve } from 'node:path';
import { formatError, toErrorInfo } from '../src/contract/errors.ts';
import { addQuestionWords } from './questions/addQuestionWords.ts';

const [bundle, words = join(import.meta.dirname, 'questions/sampleWorld.json')] = process.argv.slice(2);
if (bundle === undefined) {
  console.error('Usage: node tools/buildQuestions.ts <bundle folder> [<file of words>]');
  process.exit(2);
}
try {
  const count = await addQuestionWords(resolve(bundle), resolve(words));
  console.log(`${bundle} can be asked in ${count} words and phrases.`);
} catch (thrown) {
  console.error(`buildQuestions: ${formatError(toErrorInfo(thrown))}`);
  process.exitCode = 1;
}

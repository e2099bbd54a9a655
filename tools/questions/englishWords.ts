import { readFile } from 'node:fs/promises';
import wordListPath from 'word-list';

/** English words with their inflections, in small letters. */
export async function englishWords(): Promise<string[]> {
  return (await readFile(wordListPath, 'utf8')).split('\n');
}

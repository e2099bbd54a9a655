import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '../../..');

/** Private words that went, and what is said in their place. */
const plainWords: Record<string, string> = {
  pourBundle: 'writeBundle',
  handOnWorld: 'copyMeasuredWorld',
  takeBackJobs: 'recoverJobs',
  failBrokenAnswers: 'failInterruptedAnswers',
  givesWay: 'lowersPriorityBy',
  shareKeptTogether: 'shareOfAdjacentPairs',
  keptTogether: 'adjacentWords',
  tellOpening: 'noticesOfOpening',
  glance: 'describeFrames, noticeMissing',
};

test('code and docs speak the plain words: the private ones that went do not come back', () => {
  const places = ['{src,scripts,tools,bench,tests}/**/*.{ts,mts,mjs,vue}', 'docs/*.md', '*.md'];
  const files = globSync(places, { cwd: project, exclude: ['**/fixtures/**', '**/node_modules/**', 'CHANGELOG.md'] });
  const words = new RegExp(`\\b(${Object.keys(plainWords).join('|')})\\b`, 'g');
  const found = files
    .filter((file) => !file.endsWith(join('house', 'words.test.ts')))
    .flatMap((file) => {
      const matches = readFileSync(join(project, file), 'utf8').match(words) ?? [];
      return matches.map((word) => `${file}: ${word}, say ${plainWords[word]}`);
    });
  expect(files.length).toBeGreaterThan(500);
  expect(found).toEqual([]);
});

/** Other machines are reached through one door: nothing else on the main side opens a connection outward. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '../../..');
const outward = [
  /\bfrom 'undici'/,
  /\bfrom '(?:node:)?(?:http|https|http2|tls|dgram)'/,
  /\bfrom '(?:node:)?net'/,
  /(?<![.\w])fetch\(/,
  /\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b/,
];

/** What may, and why. */
const allowed: Record<string, string> = {
  'src/main/network/': 'the door itself',
  'src/main/shells/server/': 'listens on this machine, and asks the one that listens already',
  'src/main/shells/shared/handOver.ts': 'hands a file over to the Playhead that is open on this machine',
  'src/main/shells/shared/servePage.ts': 'takes the page from the development server on this machine',
};

function offences(file: string, text: string): string[] {
  if (Object.keys(allowed).some((place) => file.startsWith(place))) return [];
  return text.split('\n').flatMap((line, index) => {
    const isType = /^import type /.test(line) || /^\s*(\*|\/\/)/.test(line);
    return !isType && outward.some((pattern) => pattern.test(line)) ? [`${file}:${index + 1}: ${line.trim()}`] : [];
  });
}

test('nothing on the main side reaches outward but by the door', () => {
  const files = globSync('src/{main,preload}/**/*.ts', { cwd: project });
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap((file) => offences(file, readFileSync(join(project, file), 'utf8')))).toEqual([]);
});

test('a way around the door is seen', () => {
  for (const line of [
    "import { connect } from 'node:net';",
    "await fetch('https://example.org');",
    'new WebSocket(url)',
  ])
    expect(offences('src/main/engine/x.ts', line)).toHaveLength(1);
  expect(offences('src/main/engine/x.ts', 'const send = door.fetchFor(purpose);')).toEqual([]);
});

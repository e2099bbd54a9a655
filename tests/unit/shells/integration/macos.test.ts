/** The quick action of the Finder: its files are read as property lists, and its script is run as the Finder runs it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Window } from 'happy-dom';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { integrate, type Surroundings } from '../../../../src/main/shells/shared/integration/systemIntegration.ts';

let home: string;
let surroundings: Surroundings;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'playhead-mac-'));
  surroundings = { platform: 'darwin', home, env: {}, registry: {} as Surroundings['registry'] };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const contents = () => join(home, 'Library', 'Services', 'Ask about this video.workflow', 'Contents');

/** A property list as plain data. */
function readPlist(file: string): unknown {
  const { DOMParser } = new Window();
  const text = readFileSync(file, 'utf8').replace(/<!DOCTYPE[^>]*>/, '');
  const root = new DOMParser().parseFromString(text, 'text/xml').querySelector('plist');
  const read = (element: Element): unknown => {
    const inside = [...element.children];
    if (element.tagName === 'dict') {
      return Object.fromEntries(
        inside.flatMap((each, index) =>
          index % 2 === 0 ? [[each.textContent, read(inside[index + 1] as Element)]] : [],
        ),
      );
    }
    if (element.tagName === 'array') return inside.map(read);
    if (element.tagName === 'integer') return Number(element.textContent);
    return element.tagName === 'string' ? element.textContent : element.tagName === 'true';
  };
  return read(root?.children[0] as unknown as Element);
}

it('the Finder offers it for films and sound, and hands the files to a script as arguments', async () => {
  const noted = join(home, 'noted.json');
  const recorder = join(home, `it's "odd" $HOME & <x>.mjs`);
  writeFileSync(
    recorder,
    `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(noted)}, JSON.stringify(process.argv.slice(2)));`,
  );
  const launcher = { command: [process.execPath, recorder], icon: '' };
  expect((await integrate('install', launcher, surroundings)).state).toBe('installed');
  expect(readPlist(join(contents(), 'Info.plist'))).toMatchObject({
    NSServices: [
      {
        NSMenuItem: { default: 'Ask about this video' },
        NSMessage: 'runWorkflowAsService',
        NSSendFileTypes: ['public.movie', 'public.audio'],
      },
    ],
  });
  const workflow = readPlist(join(contents(), 'document.wflow')) as {
    actions: [{ action: { ActionParameters: { COMMAND_STRING: string; inputMethod: number; shell: string } } }];
    workflowMetaData: object;
  };
  const { COMMAND_STRING: script, inputMethod, shell } = workflow.actions[0].action.ActionParameters;
  expect({ inputMethod, shell }).toEqual({ inputMethod: 1, shell: '/bin/sh' });
  expect(workflow.workflowMetaData).toMatchObject({ workflowTypeIdentifier: 'com.apple.Automator.servicesMenu' });
  if (process.platform === 'win32') return;
  const films = [`/films/it's "a" $film 🏖️.mov`, '/films/two\nlines.mov'];
  expect(spawnSync('/bin/sh', ['-c', script, '-', ...films]).status).toBe(0);
  // The program runs on by itself when the script has ended.
  const started = () => vi.waitFor(() => JSON.parse(readFileSync(noted, 'utf8')), { timeout: 120_000, interval: 50 });
  expect(await started()).toEqual(['--ask', ...films]);
});

it('removal leaves no trace, and the person’s own quick actions', async () => {
  const launcher = { command: ['/Applications/Playhead.app/Contents/MacOS/Playhead'], icon: '' };
  await integrate('install', launcher, surroundings);
  writeFileSync(join(home, 'Library', 'Services', 'mine'), '');
  expect((await integrate('remove', launcher, surroundings)).state).toBe('absent');
  expect(existsSync(contents())).toBe(false);
  expect(readdirSync(join(home, 'Library', 'Services'))).toEqual(['mine']);
});

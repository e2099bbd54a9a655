/**
 * Made-up benchmarks in the exact layout of the real ones: three questions each, and the media that they name. What is
 * asked says nothing about the real sets; field names and folders are theirs.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { choiceLayouts } from './choiceLayouts.ts';
import { openLayouts } from './openLayouts.ts';
import { soundLayouts } from './soundLayouts.ts';

export interface Media {
  /** A film with sound, the bytes of an mp4. */
  film: Uint8Array;
  /** A sound, the bytes of a wav. */
  sound: Uint8Array;
  /** The bytes of a JPEG. */
  frame: Uint8Array;
}

export interface Layout {
  json?: Record<string, unknown>;
  lines?: Record<string, readonly unknown[]>;
  films?: string[];
  sounds?: string[];
  /** Folders of frames, 00001.jpg and so on. */
  frames?: string[];
  texts?: Record<string, string>;
  /** Files of `tests/fixtures/benchmarks`. */
  fixtures?: Record<string, string>;
}

/** By the name of the benchmark. */
export const allLayouts = (): Record<string, Layout> => ({ ...choiceLayouts, ...openLayouts, ...soundLayouts });

/** Question and answer, as LLaVA's data files have them. */
export function talk(question: string, answer: string) {
  return [
    { from: 'human', value: question },
    { from: 'gpt', value: answer },
  ];
}

/** @param id of a benchmark; its folder is made */
export function layOut(id: string, root: string, media: Media): void {
  const layout = allLayouts()[id.replace(/-subtitles$/, '')] ?? {};
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  mkdirSync(root, { recursive: true });
  for (const [path, content] of Object.entries(layout.json ?? {})) write(path, JSON.stringify(content));
  for (const [path, lines] of Object.entries(layout.lines ?? {}))
    write(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  for (const [path, text] of Object.entries(layout.texts ?? {})) write(path, text);
  for (const path of layout.films ?? []) write(path, media.film);
  for (const path of layout.sounds ?? []) write(path, media.sound);
  for (const folder of layout.frames ?? [])
    for (let frame = 1; frame <= 9; frame++) write(`${folder}/${String(frame).padStart(5, '0')}.jpg`, media.frame);
  for (const [path, name] of Object.entries(layout.fixtures ?? {}))
    cpSync(join(import.meta.dirname, '../../fixtures/benchmarks', name), join(root, path));
}

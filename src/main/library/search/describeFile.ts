/** What is known of a file as a whole: its name, the folders that it lies in, and the tags that it carries. */
import { homedir, tmpdir } from 'node:os';
import { sep } from 'node:path';
import type { otherMatches } from '../../../contract/index.ts';
import type { FileTag } from '../../ports/libraryApi.ts';
import { ordinaryFolders } from './ordinaryFolders.ts';
import { foldText, type Token, tokeniseGlued, tokeniseName, tokeniseText } from './words.ts';

export interface FileDescription {
  kind: Exclude<keyof typeof otherMatches, 'meaning'>;
  text: string;
  /** "file name", "folder", "artist". */
  source: string;
  tokens: Token[];
}

/** The nearest ones; those further up say where a collection lies, not what it is. */
const MOST_FOLDERS = 4;

/** The name first, then the nearest folder. The folder of the sample clips says nothing about them. */
export function describeFile(file: { path: string; isSample: boolean; tags: readonly FileTag[] }): FileDescription[] {
  const [fileName = '', ...folders] = file.path.split(/[\\/]+/).reverse();
  const home = [homedir(), tmpdir()].find((folder) => file.path.startsWith(folder + sep));
  const depth = folders.length - (home?.split(/[\\/]+/).length ?? 0);
  const telling = (file.isSample ? [] : folders.slice(0, home === undefined ? undefined : Math.max(0, depth)))
    .filter((folder) => folder !== '' && !ordinaryFolders.has(foldText(folder)))
    .slice(0, MOST_FOLDERS);
  return [
    { kind: 'fileName', text: fileName, source: 'file name', tokens: tokeniseName(fileName) },
    ...telling.map((text) => ({ kind: 'folder' as const, text, source: 'folder', tokens: tokeniseGlued(text) })),
    ...file.tags.map(({ name, text }) => ({ kind: 'tag' as const, text, source: name, tokens: tokeniseText(text) })),
  ];
}

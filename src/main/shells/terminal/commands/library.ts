/** The library as a whole: its folders, and what is done with it while no Playhead works on it. */
import { resolve } from 'node:path';
import { Option } from 'commander';
import {
  backUpLibrary,
  checkLibrary,
  discardIndex,
  exportWhole,
  importWhole,
  moveLibrary,
} from '../../../engine/libraryTools.ts';
import { libraryFolderOf } from '../../shared/localEngine.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { engineOptions, jsonOption, libraryOption } from '../options.ts';
import { note, print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';
import { changesCommand } from './changes.ts';
import { restoreCommand } from './restore.ts';
import { rootsCommand } from './roots.ts';

const options = [jsonOption, libraryOption];

export const libraryCommand: TerminalCommand = {
  signature: 'library',
  description: 'folders that are kept; check, back up, move, export and import the library',
  options: [],
  commands: [
    rootsCommand,
    {
      signature: 'check',
      description: 'look whether all of it is sound, and which files are away',
      options,
      run: check,
    },
    { signature: 'backup [file]', description: 'make a copy of what cannot be computed again', options, run: backUp },
    restoreCommand,
    {
      signature: 'rebuild',
      description: 'compute the index anew; what you said of files is not in it, and stays',
      options: [...engineOptions, new Option('--later', 'only put the index aside; the next start computes it')],
      run: rebuild,
    },
    { signature: 'move <folder>', description: 'move the library into another folder', options, run: move },
    {
      signature: 'export <folder>',
      description: 'write all of it as plain JSON lines and pictures',
      options,
      run: exportTo,
    },
    changesCommand,
    { signature: 'import <folder>', description: 'make a library of what was exported', options, run: importFrom },
  ],
};

/** Exit code 1 when anything is damaged. */
async function check(flags: CommandFlags): Promise<number> {
  const found = await checkLibrary(libraryFolderOf(flags));
  const isWell = found.isSound && found.isIndexSound !== false;
  if (flags.json) printJson(found);
  else {
    print(`${found.folder}: ${found.files} files, ${found.segments} segments, ${found.conversations} conversations`);
    print(
      `What you said of files: ${found.isSound ? 'sound' : 'damaged; `playhead library restore --list` names the copies'}`,
    );
    print(
      `Index: ${found.isIndexSound === null ? 'none yet' : found.isIndexSound ? 'sound' : 'damaged; it is computed anew at the next start'}`,
    );
    if (found.missingCount > 0) print(`${found.missingCount} files are not in their places:`);
    for (const path of found.missing) print(`  ${path}`);
  }
  for (const notice of found.notices) note(notice);
  return isWell ? 0 : 1;
}

async function backUp(file: string | undefined, flags: CommandFlags): Promise<number> {
  const copy = await backUpLibrary(libraryFolderOf(flags), file);
  if (flags.json) printJson({ copy });
  else print(`Copied, and read again: ${copy}`);
  return 0;
}

async function rebuild(flags: CommandFlags & { later?: boolean }): Promise<number> {
  const before = await discardIndex(libraryFolderOf(flags));
  if (before !== null) note(`The index that was there is kept as ${before}`);
  if (!flags.later)
    await withEngine(flags, { onStop: () => 'Stopped. The next start goes on.' }, (engine) => engine.whenIdle());
  if (flags.json) printJson({ before });
  else print(flags.later ? 'The index is computed anew at the next start.' : 'The index was computed anew.');
  return 0;
}

async function move(target: string, flags: CommandFlags): Promise<number> {
  const moved = await moveLibrary(libraryFolderOf(flags), resolve(target));
  if (flags.json) printJson(moved);
  else {
    print(`Moved to ${moved.folder}`);
    print(`The folder that it was in is kept as ${moved.before}`);
    print(`From now on: --library ${moved.folder}, or the environment variable PLAYHEAD_LIBRARY.`);
  }
  return 0;
}

async function exportTo(target: string, flags: CommandFlags): Promise<number> {
  const lines = await exportWhole(libraryFolderOf(flags), target);
  if (flags.json) printJson({ folder: resolve(target), lines });
  else print(`Exported to ${resolve(target)}: ${inWords(lines)}`);
  return 0;
}

async function importFrom(source: string, flags: CommandFlags): Promise<number> {
  const folder = libraryFolderOf(flags);
  const lines = await importWhole(source, folder);
  if (flags.json) printJson({ folder, lines });
  else print(`Imported into ${folder}: ${inWords(lines)}`);
  return 0;
}

function inWords(lines: Record<string, number>): string {
  return Object.entries(lines)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`)
    .join(', ');
}

/** Folders that are kept: what is in them comes into the library by itself. */
import { Option } from 'commander';
import { PlayheadError, type Root } from '../../../../contract/index.ts';
import type { Engine } from '../../../engine/createEngine.ts';
import { expandPath } from '../../../engine/expandPath.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { indexFolders } from '../indexFolders.ts';
import { engineOptions } from '../options.ts';
import { note, print, printError, printJson, progressBar } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';

export const rootsCommand: TerminalCommand = {
  signature: 'roots',
  description: 'folders that are kept and watched while Playhead is open',
  options: [],
  commands: [
    { signature: 'list', description: 'name them, with their files', options: engineOptions, run: list },
    {
      signature: 'add <folder>',
      description: 'keep a folder, and index what is in it',
      options: engineOptions,
      run: add,
    },
    {
      signature: 'remove <folder>',
      description: 'keep it no more; on the disk nothing is touched',
      options: [...engineOptions, new Option('--with-files', 'its files leave the library, too')],
      run: remove,
    },
    {
      signature: 'ignore <folder> [patterns...]',
      description: 'leave out what these patterns name ("*.proxy.mp4", "Renders"); none to leave out nothing',
      options: engineOptions,
      run: ignore,
    },
    { signature: 'rescan [folder]', description: 'look through one or all again', options: engineOptions, run: rescan },
  ],
};

const onStop = () => 'Stopped. What is done so far is kept.';

function list(flags: CommandFlags): Promise<number> {
  return withEngine(flags, { runJobs: false }, async ({ api }) => {
    const roots = await api.listRoots({});
    if (flags.json) printJson(roots);
    else if (roots.length === 0) note('No folder is kept yet: `playhead library roots add <folder>`.');
    else for (const root of roots) print(inWords(root));
    return 0;
  });
}

function add(folder: string, flags: CommandFlags): Promise<number> {
  return withEngine(flags, { onStop }, async (engine) => {
    const bar = progressBar(flags.json ?? false);
    const report = await indexFolders(engine, [folder], bar.update).finally(bar.stop);
    const root = (await engine.api.listRoots({})).find(({ path }) => path === expandPath(folder));
    if (flags.json) printJson({ root: root ?? null, ...report });
    else
      print(
        `${root ? inWords(root) : 'No folder was kept.'}\n${report.indexed.length} indexed, ${report.failed.length} failed`,
      );
    for (const error of report.failed) printError(error);
    return report.failed.length > 0 ? 1 : 0;
  });
}

function remove(folder: string, flags: CommandFlags & { withFiles?: boolean }): Promise<number> {
  return withEngine(flags, { onStop }, async (engine) => {
    const root = await rootAt(engine, folder);
    const { files } = await engine.api.removeRoot({ rootId: root.id, withFiles: flags.withFiles ?? false });
    if (flags.json) printJson({ root, files });
    else
      print(
        flags.withFiles
          ? `${root.path}: ${files} files left the library.`
          : `${root.path} is kept no more; its files stay in the library.`,
      );
    return 0;
  });
}

function ignore(folder: string, patterns: string[], flags: CommandFlags): Promise<number> {
  return withEngine(flags, { onStop }, async (engine) => {
    const { id } = await rootAt(engine, folder);
    const root = await engine.api.changeRoot({ rootId: id, ignore: patterns });
    await engine.whenIdle();
    if (flags.json) printJson(root);
    else print(inWords(root));
    return 0;
  });
}

function rescan(folder: string | undefined, flags: CommandFlags): Promise<number> {
  return withEngine(flags, { onStop }, async (engine) => {
    const rootId = folder === undefined ? undefined : (await rootAt(engine, folder)).id;
    await engine.api.rescan({ rootId });
    await engine.whenIdle();
    const roots = await engine.api.listRoots({});
    if (flags.json) printJson(roots);
    else for (const root of roots) print(inWords(root));
    return 0;
  });
}

async function rootAt({ api }: Engine, folder: string): Promise<Root> {
  const path = expandPath(folder);
  const root = (await api.listRoots({})).find((each) => each.path === path);
  if (root) return root;
  throw new PlayheadError({
    code: 'not-found',
    message: 'This folder is not kept.',
    file: path,
    hint: '`playhead library roots list` names those that are.',
  });
}

/** "/v/Harbour: 311 files, looked through 2026-11-29 10:04, without *.proxy.mp4" */
function inWords({ path, files, lookedAt, ignore: patterns }: Root): string {
  const looked =
    lookedAt === null ? 'not looked through yet' : `looked through ${lookedAt.slice(0, 16).replace('T', ' ')}`;
  return [`${path}: ${files} files`, looked, ...(patterns.length > 0 ? [`without ${patterns.join(', ')}`] : [])].join(
    ', ',
  );
}

/** `playhead models …`: what there is, what comes, what goes. */
import { type EngineApi, formatBytes } from '../../../../contract/index.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { jsonOption, libraryOption } from '../options.ts';
import { print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';
import { hubCommand, tokenCommand } from './hub.ts';
import { importCommand } from './import.ts';
import { pullCommand } from './pullModel.ts';

const options = [jsonOption, libraryOption];

export const modelsCommand: TerminalCommand = {
  signature: 'models',
  description: 'list, fetch, import, verify, remove and choose models',
  options: [],
  commands: [
    {
      signature: 'list',
      description: 'the models on this machine, and those that can be fetched',
      options,
      run: list,
    },
    pullCommand,
    importCommand,
    {
      signature: 'verify <name>',
      description: 'compare every byte of a model (its name or folder) with its manifest',
      options,
      run: verify,
    },
    {
      signature: 'remove <name>',
      description: 'remove a model (its name or folder) of this library',
      options,
      run: remove,
    },
    { signature: 'use <name>', description: 'answer with this model (its name or folder)', options, run: use },
    hubCommand,
    tokenCommand,
  ],
};

const look = { runJobs: false };

async function list(flags: CommandFlags): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    const [models, { offers }] = await Promise.all([api.listModels({}), api.catalogue({})]);
    const fetchable = offers.filter(({ repository, bundleFolder }) => repository !== null && bundleFolder === null);
    if (flags.json) printJson({ models, fetchable });
    for (const { name, folder, active } of flags.json ? [] : models) print(`${active ? '*' : ' '} ${name}  ${folder}`);
    for (const { id, does, reason } of flags.json ? [] : fetchable)
      print(`  ${id}: ${does}${reason ? ` ${reason}` : ''}`);
    return 0;
  });
}

/** A folder stays what it is. */
async function folderOf(name: string, api: Pick<EngineApi, 'listModels'>): Promise<string> {
  const named = (await api.listModels({})).find((model) => model.name.toLowerCase() === name.toLowerCase());
  return named?.folder ?? name;
}

async function verify(name: string, flags: CommandFlags): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    const found = await api.verifyModel({ folder: await folderOf(name, api) });
    if (flags.json) printJson(found);
    else print(`${found.name} is what its manifest says: ${found.files} files, ${formatBytes(found.bytes)}.`);
    return 0;
  });
}

async function remove(name: string, flags: CommandFlags): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    const { removed } = await api.removeModel({ folder: await folderOf(name, api) });
    if (flags.json) printJson({ removed });
    else print(removed ? 'Removed.' : 'There is no such model in this library.');
    return removed ? 0 : 1;
  });
}

async function use(name: string, flags: CommandFlags): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    const model = await api.useModel({ folder: await folderOf(name, api) });
    if (flags.json) printJson(model);
    else print(`${model.name} answers from now on.`);
    return 0;
  });
}

/** `playhead models …`: what there is, what comes, what goes. */
import { Option } from 'commander';
import { type EngineApi, formatBytes, workInWords } from '../../../../contract/index.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { jsonOption, libraryOption } from '../options.ts';
import { note, print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';
import { addCommand } from './addToIndex.ts';
import { settingsCommand } from './answerSettings.ts';
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
      options: [
        ...options,
        new Option('--fetched', 'remove what was fetched of it instead; the model made of it stays'),
      ],
      run: remove,
    },
    {
      signature: 'use <name>',
      description: 'answer with this model (its name or folder), or search with it',
      options: [...options, new Option('--anyway', 'although it needs more memory than is free')],
      run: use,
    },
    addCommand,
    settingsCommand,
    hubCommand,
    tokenCommand,
  ],
};

const look = { runJobs: false };

async function list(flags: CommandFlags): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    const [models, searchModels] = await Promise.all([api.listModels({}), api.listSearchModels({})]);
    const [{ offers }, offeredWork] = await Promise.all([api.catalogue({}), api.offeredWork({})]);
    const fetchable = offers.filter(({ repository, bundleFolder }) => repository !== null && bundleFolder === null);
    if (flags.json) printJson({ models, searchModels, offeredWork, fetchable });
    for (const { name, folder, active } of flags.json ? [] : models) print(`${active ? '*' : ' '} ${name}  ${folder}`);
    for (const { name, folder, active } of flags.json ? [] : searchModels)
      print(`${active ? '*' : ' '} ${name} (search by look)  ${folder}`);
    for (const work of flags.json ? [] : offeredWork)
      note(`${workInWords(work)} \`playhead models add ${work.adds}\` does it.`);
    for (const { id, does, reason } of flags.json ? [] : fetchable)
      print(`  ${id}: ${does}${reason ? ` ${reason}` : ''}`);
    return 0;
  });
}

/** A folder stays what it is. */
async function folderOf(name: string, api: Pick<EngineApi, 'listModels' | 'listSearchModels'>): Promise<string> {
  const all = [...(await api.listModels({})), ...(await api.listSearchModels({}))];
  return all.find((model) => model.name.toLowerCase() === name.toLowerCase())?.folder ?? name;
}

async function verify(name: string, flags: CommandFlags): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    const found = await api.verifyModel({ folder: await folderOf(name, api) });
    if (flags.json) printJson(found);
    else print(`${found.name} is what its manifest says: ${found.files} files, ${formatBytes(found.bytes)}.`);
    return 0;
  });
}

async function remove(name: string, flags: CommandFlags & { fetched?: boolean }): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    if (flags.fetched) {
      const { bytes } = await api.removeFetched({ name });
      if (flags.json) printJson({ bytes });
      else print(bytes === 0 ? 'Nothing of it is kept.' : `Removed: ${formatBytes(bytes)} are free again.`);
      return bytes === 0 ? 1 : 0;
    }
    const { removed } = await api.removeModel({ folder: await folderOf(name, api) });
    if (flags.json) printJson({ removed });
    else print(removed ? 'Removed.' : 'There is no such model in this library.');
    return removed ? 0 : 1;
  });
}

async function use(name: string, flags: CommandFlags & { anyway?: boolean }): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    const folder = await folderOf(name, api);
    const isForSearch = (await api.listSearchModels({})).some((model) => model.folder === folder);
    const model = isForSearch
      ? await api.useForSearch({ folder })
      : await api.useModel({ folder, anyway: flags.anyway ?? false });
    if (flags.json) printJson(model);
    else print(`${model?.name} ${isForSearch ? 'finds moments by their look' : 'answers'} from now on.`);
    const offered = (await api.offeredWork({})).find(({ adds }) => (adds === 'looks') === isForSearch);
    if (offered) note(`${workInWords(offered)} \`playhead models add ${offered.adds}\` does it.`);
    return 0;
  });
}

/** `playhead models …`: what there is, what comes, what goes. */
import { InvalidArgumentError, Option } from 'commander';
import { fromErrorInfo, PlayheadError, weightFormats } from '../../../../contract/index.ts';
import type { Engine } from '../../../engine/createEngine.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { isEnded, runJob } from '../jobs.ts';
import { jsonOption, libraryOption } from '../options.ts';
import { note, print, printJson, progressBar } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';
import { importCommand } from './import.ts';

interface PullFlags extends CommandFlags {
  weights: (typeof weightFormats)[number];
  revision?: string;
  from?: string;
  import: boolean;
  removeCheckpoint?: boolean;
}

interface HubFlags extends CommandFlags {
  endpoint?: string;
  limit?: number;
  token?: string;
}

const common = [jsonOption, libraryOption];

export const modelsCommand: TerminalCommand = {
  signature: 'models',
  description: 'list, fetch, import, verify, remove and choose models',
  options: [],
  commands: [
    {
      signature: 'list',
      description: 'the models on this machine, and those that can be fetched',
      options: common,
      run: list,
    },
    {
      signature: 'pull <name>',
      description: 'fetch a model by its name in the catalogue, or by its repository (owner/name), and import it',
      options: [
        ...common,
        new Option('--weights <format>', 'of the model that is made of it').choices(weightFormats).default('int4'),
        new Option('--revision <commit>', 'another one than the catalogue’s'),
        new Option('--from <folder>', 'a folder into which another Playhead fetched it'),
        new Option('--no-import', 'fetch only'),
        new Option('--remove-checkpoint', 'remove what was fetched when the model is there'),
      ],
      run: pull,
    },
    { ...importCommand },
    {
      signature: 'verify <folder>',
      description: 'compare every byte of a model with its manifest',
      options: common,
      run: verify,
    },
    { signature: 'remove <folder>', description: 'remove a model of this library', options: common, run: remove },
    { signature: 'use <name>', description: 'answer with this model (its name or folder)', options: common, run: use },
    {
      signature: 'hub',
      description: 'where models are fetched from, how fast, and as whom',
      options: [
        ...common,
        new Option('--endpoint <address>', 'a mirror; "default" for the public Hub'),
        new Option('--limit <megabytes>', 'a second; 0 for as fast as it goes').argParser(megabytes),
      ],
      run: hub,
    },
    {
      signature: 'token',
      description: 'keep the token that is typed or piped in; an empty line takes it away',
      options: common,
      run: token,
    },
  ],
};

function megabytes(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value === 0 || value >= 0.0656))
    throw new InvalidArgumentError('It is not 0, nor 0.07 or more.');
  return value;
}

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

async function pull(name: string, flags: PullFlags): Promise<number> {
  const bar = progressBar(flags.json ?? false);
  const onStop = () => 'Stopped. What was fetched is kept; the next start goes on with it.';
  return withEngine(flags, { onStop }, async (engine) => {
    const { weights, revision, from, removeCheckpoint } = flags;
    const input = { name, revision, from, removeCheckpoint, weights: flags.import ? { format: weights } : null };
    try {
      const job = await runJob(
        engine,
        () => engine.api.pullModel(input),
        ({ progress, stage }) => bar.update(progress, stage),
      );
      const importJobId = job.result?.importJobId;
      const bundleFolder = importJobId === undefined ? null : await ended(engine, importJobId, bar.update);
      const result = { folder: job.result?.folder, commit: job.result?.commit, bundleFolder };
      if (flags.json) printJson(result);
      else
        print(
          bundleFolder === null
            ? `Fetched into ${result.folder}.`
            : `Imported into ${bundleFolder}. \`playhead models use\` chooses it.`,
        );
      return 0;
    } finally {
      bar.stop();
    }
  });
}

/** @returns the bundle's folder. @throws PlayheadError why the import failed */
async function ended(
  engine: Engine,
  jobId: string,
  onProgress: (fraction: number, text: string) => void,
): Promise<string> {
  for (;;) {
    const job = (await engine.api.listJobs({ limit: 1000 })).find(({ id }) => id === jobId);
    if (job?.error) throw fromErrorInfo(job.error);
    if (job?.state === 'done' && job.result?.bundleFolder) return job.result.bundleFolder;
    if (!job || isEnded(job)) throw new PlayheadError({ code: 'cancelled', message: 'The import was cancelled.' });
    onProgress(job.progress, job.stage);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function verify(folder: string, flags: CommandFlags): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    const found = await api.verifyModel({ folder });
    if (flags.json) printJson(found);
    else print(`${found.name} is what its manifest says: ${found.files} files, ${(found.bytes / 1e9).toFixed(2)} GB.`);
    return 0;
  });
}

async function remove(folder: string, flags: CommandFlags): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    const { removed } = await api.removeModel({ folder });
    if (flags.json) printJson({ removed });
    else print(removed ? 'Removed.' : 'There is no such model in this library.');
    return removed ? 0 : 1;
  });
}

async function use(name: string, flags: CommandFlags): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    const named = (await api.listModels({})).find((model) => model.name.toLowerCase() === name.toLowerCase());
    const model = await api.useModel({ folder: named?.folder ?? name });
    if (flags.json) printJson(model);
    else print(`${model.name} answers from now on.`);
    return 0;
  });
}

async function hub({ endpoint, limit, ...flags }: HubFlags): Promise<number> {
  return withEngine(flags, look, async ({ api }) => {
    const status = await api.changeHub({
      ...(endpoint === undefined ? {} : { endpoint: endpoint === 'default' ? null : endpoint }),
      ...(limit === undefined ? {} : { bytesPerSecond: limit === 0 ? null : Math.round(limit * 1e6) }),
    });
    if (flags.json) printJson(status);
    else
      print(
        `${status.endpoint}, ${status.bytesPerSecond ? `${status.bytesPerSecond / 1e6} MB/s` : 'no limit'}, ${status.hasToken ? 'with a token' : 'no token'}`,
      );
    return 0;
  });
}

/** Never as an argument: those are seen by other programs, and kept by shells. */
async function token(flags: CommandFlags): Promise<number> {
  if (process.stdin.isTTY) note('Paste the token and end with Enter:');
  const text = await firstLine();
  return withEngine(flags, look, async ({ api }) => {
    const { tokenPlace } = await api.changeHub({ token: text === '' ? null : text });
    if (flags.json) printJson({ tokenPlace });
    else print(text === '' ? 'Taken away.' : `Kept in ${tokenPlace}.`);
    return 0;
  });
}

async function firstLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0]?.trim() ?? '';
}

/** `playhead models pull <name>`: from the Hub, or another folder, to a model that can be chosen. */
import { Option } from 'commander';
import { type Job, weightFormats } from '../../../../contract/index.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { runJob } from '../jobs.ts';
import { jsonOption, libraryOption } from '../options.ts';
import { print, printJson, progressBar } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';

interface PullFlags extends CommandFlags {
  weights: (typeof weightFormats)[number];
  revision?: string;
  from?: string;
  import: boolean;
  removeCheckpoint?: boolean;
}

export const pullCommand: TerminalCommand = {
  signature: 'pull <name>',
  description: 'fetch a model by its name in the catalogue, or by its repository (owner/name), and import it',
  options: [
    ...[jsonOption, libraryOption],
    new Option('--weights <format>', 'of the model that is made of it').choices(weightFormats).default('int4'),
    new Option('--revision <commit>', 'another one than the catalogue’s'),
    new Option('--from <folder>', 'a folder into which another Playhead fetched it'),
    new Option('--no-import', 'fetch only'),
    new Option('--remove-checkpoint', 'remove what was fetched when the model is there'),
  ],
  run: pull,
};

async function pull(name: string, flags: PullFlags): Promise<number> {
  const bar = progressBar(flags.json ?? false);
  const onChange = ({ progress, stage }: Job) => bar.update(progress, stage);
  const onStop = () => 'Stopped. What was fetched is kept; the next start goes on with it.';
  return withEngine(flags, { onStop }, async (engine) => {
    const { weights, revision, from, removeCheckpoint } = flags;
    const input = { name, revision, from, removeCheckpoint, weights: flags.import ? { format: weights } : null };
    try {
      const { result } = await runJob(engine, () => engine.api.pullModel(input), onChange);
      const importing = result?.importJobId;
      const imported = importing ? await runJob(engine, async () => ({ jobId: importing }), onChange) : null;
      const bundleFolder = imported?.result?.bundleFolder ?? null;
      if (flags.json) printJson({ folder: result?.folder, commit: result?.commit, bundleFolder });
      else if (bundleFolder === null) print(`Fetched into ${result?.folder}.`);
      else print(`Imported into ${bundleFolder}. \`playhead models use\` chooses it.`);
      return 0;
    } finally {
      bar.stop();
    }
  });
}

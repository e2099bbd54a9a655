/** `playhead models add <what>`: what the models in use can say of files that were indexed without them. */
import { type AddedKnowledge, type Job, PlayheadError } from '../../../../contract/index.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { runJob } from '../jobs.ts';
import { jsonOption, libraryOption } from '../options.ts';
import { note, print, printJson, progressBar } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';

export const addCommand: TerminalCommand = {
  signature: 'add <what>',
  description:
    'add "captions" by the model in use, or "looks" by the one for search, to files that are indexed already',
  options: [jsonOption, libraryOption],
  run: add,
};

async function add(what: string, flags: CommandFlags): Promise<number> {
  const adds = readWhat(what);
  const bar = progressBar(flags.json ?? false);
  const onChange = ({ progress, stage }: Job) => bar.update(progress, stage);
  const onStop = () => 'Stopped. What was added is kept; the next start goes on with it.';
  return withEngine(flags, { onStop }, async (engine) => {
    try {
      const { result } = await runJob(engine, () => engine.api.startOfferedWork({ adds }), onChange);
      bar.stop();
      if (flags.json) printJson({ added: result?.added, notices: result?.notices });
      else print(`Added to ${result?.added === 1 ? '1 piece' : `${result?.added ?? 0} pieces`} of footage.`);
      for (const notice of flags.json ? [] : (result?.notices ?? [])) note(notice);
      return 0;
    } finally {
      bar.stop();
    }
  });
}

function readWhat(what: string): AddedKnowledge {
  if (what === 'captions' || what === 'looks') return what;
  throw new PlayheadError({
    code: 'invalid-input',
    message: `“${what}” cannot be added.`,
    hint: 'It is “captions” or “looks”; `playhead models list` says what is missing.',
  });
}

import { InvalidArgumentError, Option } from 'commander';
import { type WeightChoiceInput, weightFormats } from '../../../../contract/index.ts';
import { onEndSignal } from '../../shared/endSignals.ts';
import { importModel } from '../../shared/importModel.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { jsonOption } from '../options.ts';
import { note, print, printJson, progressBar } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';

interface ImportFlags {
  weights?: string;
  part?: string[];
  blockSize?: string;
  kvCache?: string;
}

export const importCommand: TerminalCommand = {
  signature: 'import <checkpointFolder> <bundleFolder>',
  description: 'turn a published VideoLLaMA 2 checkpoint into a model bundle',
  options: [
    jsonOption,
    new Option('--library <folder>', 'the library that is to list it'),
    new Option('--weights <format>', 'of the linear layers').choices(weightFormats),
    new Option(
      '--part <part=format...>',
      'another format for one part: vision, connector, audio, decoder, …',
    ).argParser(partFormat),
    new Option('--block-size <values>', 'per scale of int8 and int4').choices(['32', '64', '128']),
    new Option('--kv-cache <format>', 'of what the model remembers of a clip').choices(['fp32', 'int8']),
  ],
  run: importBundle,
};

function partFormat(text: string, before: string[] = []): string[] {
  if (!/^[a-z]+=[a-z0-9]+$/i.test(text)) throw new InvalidArgumentError('It is not like vision=fp16.');
  return [...before, text];
}

async function importBundle(
  checkpointFolder: string,
  bundleFolder: string,
  flags: CommandFlags & ImportFlags,
): Promise<number> {
  const bar = progressBar(flags.json ?? false);
  const stopping = new AbortController();
  const stopListening = onEndSignal(() => stopping.abort());
  const { bundleFolder: folder, notListed } = await importModel(flags, {
    checkpointFolder,
    bundleFolder,
    weights: weightChoice(flags),
    onProgress: bar.update,
    signal: stopping.signal,
  }).finally(() => {
    bar.stop();
    stopListening();
  });
  if (flags.json) printJson({ bundleFolder: folder, ...(notListed === null ? {} : { notListed }) });
  else print(`Imported into ${folder}. Use it with --model, or choose it in the app.`);
  if (notListed !== null) note(`The library does not list it: ${notListed} In the app, Models adds it by its folder.`);
  return 0;
}

/** The engine checks what the words mean. */
function weightChoice({ weights, part = [], blockSize, kvCache }: ImportFlags): WeightChoiceInput {
  const parts = Object.fromEntries(part.map((each) => each.split('=')));
  return {
    format: weights,
    parts,
    blockSize: blockSize === undefined ? undefined : Number(blockSize),
    kvCache,
  } as WeightChoiceInput;
}

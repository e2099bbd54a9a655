/**
 * `playhead demo`: the main job on the bundled clips, in a library of its own that is gone afterwards:
 * index, captions with times, three searches, three questions, and what was looked at for each.
 */
import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeLook, sensesInWords } from '../../../../contract/index.ts';
import type { Engine } from '../../../engine/createEngine.ts';
import { appFolder } from '../../shared/localEngine.ts';
import { askAndPrint } from '../askAndPrint.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { indexFolders } from '../indexFolders.ts';
import { modelOptions } from '../options.ts';
import { formatRange, formatTime, note, print, printError, progressBar } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';
import { printHit } from './search.ts';

/** What the demo searches and asks; it stands beside the clips, since it speaks of them. */
interface DemoScript {
  searches: string[];
  questions: {
    file: string;
    modality: 'video' | 'audio' | 'av';
    question: string;
    startSec?: number;
    endSec?: number;
  }[];
}

const samples = join(appFolder, 'resources', 'samples');

export const demoCommand: TerminalCommand = {
  signature: 'demo',
  description: 'do the main job on the bundled sample clips, in a library of its own',
  options: modelOptions,
  run: demo,
};

async function demo(flags: Omit<CommandFlags, 'library' | 'json'>): Promise<number> {
  const library = await mkdtemp(join(tmpdir(), 'playhead-demo-'));
  // Also where Ctrl+C ends the program in the middle of it.
  process.once('exit', () => rmSync(library, { recursive: true, force: true }));
  return withEngine({ ...flags, library }, {}, play);
}

async function play(engine: Engine): Promise<number> {
  const script = JSON.parse(await readFile(join(samples, 'demo.json'), 'utf8')) as DemoScript;
  const failed = await indexSamples(engine);
  await printCaptions(engine);
  for (const words of script.searches) await searchFor(engine, words);
  for (const question of script.questions) await ask(engine, question);
  return failed === 0 ? 0 : 1;
}

async function indexSamples(engine: Engine): Promise<number> {
  print('== Indexing the sample clips ==');
  const start = performance.now();
  const bar = progressBar(false);
  const report = await indexFolders(engine, [samples], bar.update).finally(bar.stop);
  for (const error of report.failed) printError(error);
  const segments = report.indexed.reduce((sum, file) => sum + file.segments, 0);
  const seconds = (performance.now() - start) / 1000;
  print(`${report.indexed.length} clips, ${segments} segments in ${seconds.toFixed(1)} s`);
  print(`${report.timings.map(({ stage, seconds }) => `${stage} ${seconds.toFixed(1)} s`).join(', ')}\n`);
  return report.failed.length;
}

async function printCaptions(engine: Engine): Promise<void> {
  print('== Captions ==');
  const { items } = await engine.api.listMedia({ sort: 'name' });
  for (const item of items) {
    print(`${item.fileName} (${formatTime(item.durationSec)})`);
    const { segments } = await engine.api.getMedia({ mediaId: item.id });
    for (const segment of segments) {
      const caption = segment.knowledge.find((piece) => piece.kind === 'caption');
      if (caption) print(`  ${formatRange(segment)}  ${caption.text}  [${caption.source}]`);
    }
  }
  print();
}

async function searchFor(engine: Engine, words: string): Promise<void> {
  print(`== Search: ${words} ==`);
  const result = await engine.api.search({ text: words, limit: 3 });
  for (const hit of result.hits) printHit(hit);
  if (result.hits.length === 0) print('Nothing found.');
  for (const notice of result.notices) note(notice);
  print(`(${result.tookMs} ms)\n`);
}

async function ask(engine: Engine, asked: DemoScript['questions'][number]): Promise<void> {
  print(`== ${asked.file}, ${sensesInWords[asked.modality]} ==\n${asked.question}`);
  process.stdout.write('> ');
  const { file, modality, question, startSec, endSec } = asked;
  const segment = startSec === undefined && endSec === undefined ? undefined : { startSec, endSec };
  const job = await askAndPrint(engine, { source: { path: join(samples, file) }, modality, question, segment });
  const { provenance } = job.result ?? {};
  print(provenance ? `\n${describeLook(provenance)}\n` : '\n');
}

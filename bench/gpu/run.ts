/**
 * What a graphics adapter is worth to Playhead, in one command and under eight minutes, without network:
 *
 *   node bench/gpu/run.ts [--layers 2] [--small] [--only decode] [--wait 7] [--out table.md]
 *   node bench/gpu/run.ts --pack playhead-gpu-bench
 *
 * Towers, connector, prefill and decode at the shapes of VideoLLaMA2.1-7B-AV with random weights that are made here:
 * whether the numbers are right, seconds beside the processor's, and bytes that cross. Where there is no adapter it ends
 * within ten seconds and says why; a driver gets seven of them to answer at all (`--wait`). `--small` takes narrow networks, for a software adapter. `--pack` writes one file
 * that holds all of this (Node, ONNX Runtime, this program) for another machine of this system.
 */
import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeGraphics } from '../../src/main/answering/model/graphicsDevice.ts';
import { type MeasureOptions, measure, type Result, type Told } from './measure.ts';
import { tableOf } from './table.ts';

/** Milliseconds in which everything ends. */
const PATIENCE = 470_000;
const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const options = {
  layers: { ...text, default: '2' },
  small: flag,
  only: { ...text, default: '' },
  wait: { ...text, default: '7' },
  out: text,
  pack: text,
  measure: text,
};

const { values } = parseArgs({ options });
if (values.measure) {
  await measure(JSON.parse(values.measure) as MeasureOptions, (told) => void process.send?.(told));
  process.disconnect();
} else if (values.pack) {
  // Apart, since what is packed has no use for what packs it.
  const { pack } = await import(['.', 'pack.ts'].join('/'));
  await pack(values.pack);
} else {
  process.exitCode = await bench();
}

async function bench(): Promise<number> {
  const device = await describeGraphics();
  console.log(`Adapter: ${device.adapter || 'not named by the system'}; driver: ${device.driver || 'not named'}`);
  const folder = await mkdtemp(join(tmpdir(), 'playhead-gpu-bench-'));
  const started = performance.now();
  const ended = await follow({
    ...{ isSmall: values.small, layers: Number(values.layers), only: values.only },
    folder: join(folder, 'graphs'),
  });
  await rm(folder, { recursive: true, force: true });
  if (ended.shapes === '') {
    console.error(`There is nothing to measure: ${ended.leftOut}`);
    return 1;
  }
  const processor = `${cpus()[0]?.model.trim()}, ${cpus().length} threads`;
  const table = tableOf({ ...device, ...ended, processor });
  console.log(`\n${table}\n${((performance.now() - started) / 1000).toFixed(0)} s in all.`);
  if (values.out) await writeFile(values.out, table);
  return ended.leftOut === null && ended.results.every(({ isRight }) => isRight) ? 0 : 1;
}

interface Ended {
  shapes: string;
  results: Result[];
  leftOut: string | null;
}

/** Runs the measuring process to its end, and keeps what it told. */
function follow(measuring: MeasureOptions): Promise<Ended> {
  const child = fork(fileURLToPath(import.meta.url), ['--measure', JSON.stringify(measuring)]);
  const ended: Ended = { shapes: '', results: [], leftOut: null };
  let now = '';
  const giveUp = (why: string) => {
    ended.leftOut ??= why;
    child.kill('SIGKILL');
  };
  let first: NodeJS.Timeout | undefined;
  const silence = () => giveUp(`the graphics driver did not answer within ${values.wait} s.`);
  const all = setTimeout(() => giveUp(`${now} and what follows were left out: the time was up.`), PATIENCE);
  child.on('message', (told: Told) => {
    clearTimeout(first);
    if (told.kind === 'started') first = setTimeout(silence, Number(values.wait) * 1000);
    if (told.kind === 'refused') ended.leftOut = told.reason;
    if (told.kind === 'ready') ended.shapes = told.shapes;
    if (told.kind === 'begins') now = told.name;
    if (told.kind === 'measured') ended.results.push(told.result);
    if (told.kind === 'begins') console.log(`${now} …`);
  });
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      clearTimeout(first);
      clearTimeout(all);
      if (code !== 0) ended.leftOut ??= `${now || 'Opening the adapter'} ended the process (${signal ?? code}).`;
      resolve(ended);
    });
  });
}

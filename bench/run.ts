/** npm run bench: prints a table of what was measured here and now; each figure is the least of the runs. */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments, readNumber } from '../scripts/lib/readArguments.mjs';
import { formatError, toErrorInfo } from '../src/contract/errors.ts';
import { benchAnswer } from './benchAnswer.ts';
import { benchAsk } from './benchAsk.ts';
import { benchDecoder } from './benchDecoder.ts';
import { benchLanguage } from './benchLanguage.ts';
import { benchMemory } from './benchMemory.ts';
import { benchPytorch } from './benchPytorch.ts';
import { benchVision } from './benchVision.ts';
import { NoReference } from './pytorch.ts';
import { ensureMediumCheckpoint, ensureTower, ensureTrueSizeBundle } from './randomModels.ts';
import { type Row, tableHead, tableRow } from './report.ts';

const project = fileURLToPath(new URL('../', import.meta.url));
const resources = join(project, 'resources');
const usage = `Usage: npm run bench -- [options]
  --no-sample                  leave out the rows of the sample model
  --model <bundle>             another model than the sample, with --clip <video>, --seconds 10, --questions 1000
  --true-size <bundle>         a language model of true shapes; a bundle that is not there is written, of random weights
  --layers 28                  its layers, when it is written (4 is a quick check)
  --block 32                   values that share a scale, when it is written (32, 64 or 128)
  --peer                       the same against llama.cpp (installed in bench/peers; true shapes, 4 layers by default)
  --answer <bundle>            one whole answer about the clip, with --tokens 32
  --pytorch                    frames to text against PyTorch, on a small and a medium checkpoint of random weights;
                               --python python3 names a Python with torch, transformers, timm and Pillow
  --vision                     milliseconds per frame at 1 to 16 frames a run: the sample's tower, 3 layers of true width
  --runs 5  --positions 1400   how often, and the length of the long prompt`;
const { values } = readArguments(usage, {
  allowNegative: true,
  options: {
    sample: { type: 'boolean', default: true },
    model: { type: 'string', default: join(resources, 'models', 'sample-av') },
    clip: { type: 'string', default: join(resources, 'samples', 'parade.mp4') },
    seconds: { type: 'string', default: '10' },
    questions: { type: 'string', default: '1000' },
    'true-size': { type: 'string' },
    layers: { type: 'string' },
    block: { type: 'string', default: '32' },
    answer: { type: 'string' },
    tokens: { type: 'string', default: '32' },
    vision: { type: 'boolean', default: false },
    pytorch: { type: 'boolean', default: false },
    python: { type: 'string', default: 'python3' },
    peer: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    positions: { type: 'string', default: '1400' },
  },
});
for (const name of ['seconds', 'questions', 'layers', 'block', 'tokens', 'runs', 'positions'] as const)
  if (values[name] !== undefined) readNumber(values[name], { name, usage, least: 1 });
const runs = Number(values.runs);
const clip = {
  path: values.clip,
  kind: 'video' as const,
  segment: { startSec: 0, endSec: Number(values.seconds) },
  hasAudio: true,
};

await bench().catch((thrown: unknown) => {
  console.error(`bench: ${formatError(toErrorInfo(thrown))}`);
  process.exitCode = 1;
});

async function bench(): Promise<void> {
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}, the least of ${runs} runs\n`);
  console.log(tableHead);
  if (values.sample) print(await sampleRows());
  if (values['true-size'] !== undefined || values.peer) print(await languageRows());
  if (values.answer !== undefined) print(await benchAnswer(values.answer, clip, Number(values.tokens)));
  if (values.vision) print(await visionRows());
  if (values.pytorch) print(await pytorchRows());
}

/** Each part as soon as it is known: some take long. */
function print(rows: readonly Row[]): void {
  for (const row of rows) console.log(tableRow(row));
}

async function sampleRows(): Promise<Row[]> {
  return [
    ...(await benchAsk(values.model, clip, runs)),
    ...(await benchDecoder(values.model, runs)),
    ...(await benchMemory(values.model, clip, Number(values.questions))),
  ];
}

async function languageRows(): Promise<Row[]> {
  const layers = Number(values.layers ?? (values['true-size'] === undefined ? 4 : 28));
  const byDefault = join(project, '.playhead', 'bench', `language-${layers}-layers-block-${values.block}`);
  const bundleFolder = values['true-size'] ?? byDefault;
  await ensureTrueSizeBundle({ bundleFolder, layers, blockSize: Number(values.block) });
  const peersFolder = values.peer ? join(project, 'bench', 'peers') : null;
  return benchLanguage({ bundleFolder, peersFolder, runs, positions: Number(values.positions) });
}

async function pytorchRows(): Promise<Row[]> {
  const bench = { clip, python: values.python, runs, newTokens: Number(values.tokens) };
  const small = join(project, 'tests', 'fixtures', 'parity', 'qwen2-siglip-stc35');
  const medium = join(project, '.playhead', 'bench', 'medium-checkpoint');
  try {
    // Its runs last a tenth of a second: only after some more of them are both sides warm.
    const rows = await benchPytorch({ ...bench, runs: 4 * bench.runs, label: 'small', checkpointFolder: small });
    await ensureMediumCheckpoint(medium);
    return [...rows, ...(await benchPytorch({ ...bench, label: 'medium', checkpointFolder: medium }))];
  } catch (error) {
    if (!(error instanceof NoReference)) throw error;
    console.error(error.message);
    return [];
  }
}

async function visionRows(): Promise<Row[]> {
  const layers = 3;
  const tower = join(project, '.playhead', 'bench', `tower-${layers}-layers`);
  await ensureTower(tower, layers);
  return [
    ...(await benchVision("sample's", values.model, runs)),
    ...(await benchVision(`${layers} layers of true width:`, tower, runs)),
  ];
}

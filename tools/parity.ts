/**
 * npm run parity -- [<checkpoint folder>…] [--provider cpu|webgpu|all] [--kv-cache fp32|int8] [--tolerance 1e-3]
 * npm run parity -- --true-width     one layer of each published network, the same way, at its true width
 * npm run parity -- --operators      every operator of the importer on WebGPU against the CPU, at the sizes that matter
 * Without folders: all of tests/fixtures/parity, on every provider that works here. Imports each folder into a bundle and compares every stage with the reference's numbers that lie beside it
 * (expected.json, expected.safetensors). Ends with 0 only when every stage of every folder passes.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments, readChoice, readNumber } from '../scripts/lib/readArguments.mjs';
import { formatError, toErrorInfo } from '../src/contract/errors.ts';
import { importCheckpoint } from '../src/main/importing/importCheckpoint.ts';
import { kvCacheFormatSchema } from '../src/main/models/bundleManifest.ts';
import { checkConnectors } from './parity/checkConnectors.ts';
import { checkDualEncoder } from './parity/checkDualEncoder.ts';
import { checkVideoLlama } from './parity/checkVideoLlama.ts';
import type { StageResult } from './parity/compare.ts';
import { comparePiece, type Piece } from './parity/providers/comparePiece.ts';
import { allPieces } from './parity/providers/operators.ts';
import { trueWidthPieces } from './parity/providers/trueWidth.ts';
import { offerSoftwareAdapter, whyNoWebgpu } from './parity/webgpu.ts';

const fixtures = fileURLToPath(new URL('../tests/fixtures/parity/', import.meta.url));
const usage = `Usage: npm run parity -- [<checkpoint folder>…] [options]
  Imports each folder and compares every stage with the reference's numbers that lie beside it (expected.json,
  expected.safetensors). Without folders: the small checkpoints of the tests, on every provider that works here.
  --provider <name>     cpu, webgpu or all (cpu for folders that are named, else all)
  --kv-cache <format>   fp32 (default) or int8
  --tolerance <number>  the largest relative error that passes
  --operators           instead: the importer's operators on webgpu against the CPU, at the sizes that matter
  --true-width          instead: one layer of each published network at its true width, the same way
  --only <text>         of these two: the pieces whose name holds the text`;
const { positionals, values } = readArguments(usage, {
  allowPositionals: true,
  options: {
    provider: { type: 'string' },
    'kv-cache': { type: 'string', default: 'fp32' },
    tolerance: { type: 'string' },
    operators: { type: 'boolean', default: false },
    'true-width': { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});

const kvCache = readChoice(values['kv-cache'], { name: 'kv-cache', usage, choices: kvCacheFormatSchema.options });
const tolerance = values.tolerance ? readNumber(values.tolerance, { name: 'tolerance', usage }) : null;
const provider = readChoice(values.provider ?? (positionals.length > 0 ? 'cpu' : 'all'), {
  name: 'provider',
  usage,
  choices: ['cpu', 'webgpu', 'all'],
});
const folders = positionals.length > 0 ? positionals : (await readdir(fixtures)).map((name) => join(fixtures, name));
let failures = 0;
if (values.operators) failures += await checkPieces(allPieces);
else if (values['true-width']) failures += await checkPieces(trueWidthPieces);
else
  for (const one of await providersToCheck()) for (const folder of folders) failures += await checkFolder(folder, one);
console.log(failures === 0 ? 'Everything passes.' : `${failures} of the checks failed.`);
process.exit(failures === 0 ? 0 : 1);

/** One that is named is checked whatever happens; of all, those that work here. */
async function providersToCheck(): Promise<string[]> {
  offerSoftwareAdapter();
  if (provider !== 'all') return [provider];
  const refused = await whyNoWebgpu(join(fixtures, 'siglip-dual'));
  if (refused !== null) console.log(`The webgpu provider is left out: ${refused}`);
  return refused === null ? ['cpu', 'webgpu'] : ['cpu'];
}

/** @returns how many checks failed; a folder that cannot be checked at all counts as one */
async function checkFolder(checkpointFolder: string, provider: string): Promise<number> {
  console.log(`\n${basename(checkpointFolder)} on ${provider}`);
  const temporary = await mkdtemp(join(tmpdir(), 'playhead-parity-'));
  try {
    return await report(resultsOf(checkpointFolder, join(temporary, 'bundle'), provider));
  } catch (thrown) {
    console.log(`  FAIL  ${formatError(toErrorInfo(thrown, checkpointFolder))}`);
    return 1;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** @returns how many outputs of the pieces are another on WebGPU than on the CPU */
async function checkPieces(pieces: readonly Piece[]): Promise<number> {
  offerSoftwareAdapter();
  const temporary = await mkdtemp(join(tmpdir(), 'playhead-parity-'));
  let failures = 0;
  for (const piece of pieces.filter(({ name }) => name.includes(values.only)))
    failures += await report(comparePiece(piece, 'webgpu', temporary));
  await rm(temporary, { recursive: true, force: true });
  return failures;
}

async function* resultsOf(
  checkpointFolder: string,
  bundleFolder: string,
  provider: string,
): AsyncGenerator<StageResult> {
  const kind = await kindOf(checkpointFolder);
  if (kind.check !== checkConnectors) await importCheckpoint({ checkpointFolder, bundleFolder, weights: { kvCache } });
  yield* kind.check({
    checkpointFolder,
    bundleFolder,
    providers: [provider],
    tolerance: tolerance ?? kind.tolerance,
    onNotice: (notice) => console.log(`  note  ${notice}`),
  });
}

async function report(results: AsyncIterable<StageResult>): Promise<number> {
  let failures = 0;
  for await (const { stage, relativeError, tolerance, pass, note } of results) {
    const measured = relativeError === null ? (pass ? 'equal' : 'different') : relativeError.toExponential(2);
    const allowed = tolerance === null ? '' : ` (at most ${tolerance})`;
    console.log(`  ${pass ? 'pass' : 'FAIL'}  ${stage.padEnd(34)} ${measured}${allowed}${note ? `  ${note}` : ''}`);
    if (!pass) failures += 1;
  }
  return failures;
}

/** What the folder holds, told by its files, and how near its numbers have to be. */
async function kindOf(folder: string) {
  if (existsSync(join(folder, 'connectors.json'))) return { check: checkConnectors, tolerance: 1e-4 };
  const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
  if (['clip', 'siglip'].includes(config.model_type)) return { check: checkDualEncoder, tolerance: 1e-4 };
  return { check: checkVideoLlama, tolerance: kvCache === 'int8' ? 5e-3 : 1e-3 };
}

/**
 * npm run parity -- <checkpoint folder>… [--provider cpu|webgpu] [--kv-cache fp32|int8] [--tolerance 2e-3]
 * Imports each folder into a bundle and compares every stage with the reference's numbers that lie beside it
 * (expected.json, expected.safetensors). Ends with 0 only when every stage of every folder passes.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatError, toErrorInfo } from '../src/contract/errors.ts';
import { kvCacheFormatSchema } from '../src/main/core/model/bundleManifest.ts';
import { importCheckpoint } from '../src/main/importer/importCheckpoint.ts';
import { checkConnectors } from './parity/checkConnectors.ts';
import { checkDualEncoder } from './parity/checkDualEncoder.ts';
import { checkVideoLlama } from './parity/checkVideoLlama.ts';
import type { StageResult } from './parity/compare.ts';

const usage =
  'Usage: npm run parity -- <checkpoint folder>… [--provider cpu|webgpu] [--kv-cache fp32|int8] [--tolerance 2e-3]';
const { positionals: folders, values } = parseArgs({
  allowPositionals: true,
  options: {
    provider: { type: 'string', default: 'cpu' },
    'kv-cache': { type: 'string', default: 'fp32' },
    tolerance: { type: 'string' },
  },
});

const kvCache = kvCacheFormatSchema.parse(values['kv-cache']);
if (folders.length === 0) {
  console.error(usage);
  process.exit(2);
}
let failures = 0;
for (const folder of folders) failures += await checkFolder(folder);
console.log(failures === 0 ? 'Everything passes.' : `${failures} of the checks failed.`);
process.exit(failures === 0 ? 0 : 1);

/** @returns how many checks failed; a folder that cannot be checked at all counts as one */
async function checkFolder(checkpointFolder: string): Promise<number> {
  console.log(`\n${basename(checkpointFolder)} on ${values.provider}`);
  const temporary = await mkdtemp(join(tmpdir(), 'playhead-parity-'));
  try {
    return await report(resultsOf(checkpointFolder, join(temporary, 'bundle')));
  } catch (thrown) {
    console.log(`  FAIL  ${formatError(toErrorInfo(thrown, checkpointFolder))}`);
    return 1;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function* resultsOf(checkpointFolder: string, bundleFolder: string): AsyncGenerator<StageResult> {
  const kind = await kindOf(checkpointFolder);
  if (kind.check !== checkConnectors) await importCheckpoint({ checkpointFolder, bundleFolder, weights: { kvCache } });
  yield* kind.check({
    checkpointFolder,
    bundleFolder,
    providers: [values.provider],
    tolerance: Number(values.tolerance ?? kind.tolerance),
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
  return { check: checkVideoLlama, tolerance: values.provider === 'cpu' ? 2e-3 : 1e-3 };
}

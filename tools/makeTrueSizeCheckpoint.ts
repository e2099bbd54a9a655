/**
 * Writes a random checkpoint with the exact shapes of VideoLLaMA2.1-7B-AV (bf16, 17 GB, four shards) and, with a
 * second folder, imports it to int4. The text it generates is noise; its times, bytes and memory are not.
 *
 *   node tools/makeTrueSizeCheckpoint.ts <checkpoint folder> [<bundle folder>] [--layers 28]
 *
 * With fewer layers of the language model it is a quick check: 2 layers have 5 GB.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importCheckpoint } from '../src/main/importing/importCheckpoint.ts';
import { trueSizes, withLayers } from './trueSizeCheckpoint/shapes.ts';
import { writeRandomCheckpoint } from './trueSizeCheckpoint/writeRandomCheckpoint.ts';

const gigabyte = 1e9;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { layers: { type: 'string', default: String(trueSizes.language.layers) } },
});
const [checkpointFolder, bundleFolder] = positionals;
if (!checkpointFolder) {
  console.error('usage: node tools/makeTrueSizeCheckpoint.ts <checkpoint folder> [<bundle folder>] [--layers 28]');
  process.exit(2);
}

if (await stat(join(checkpointFolder, 'config.json')).catch(() => null))
  console.log('The checkpoint is already there.');
else {
  const start = performance.now();
  const bytes = await writeRandomCheckpoint({
    folder: checkpointFolder,
    sizes: withLayers(trueSizes, Number(values.layers)),
    tokenizerFolder: new URL('../tests/fixtures/parity/qwen2-siglip-stc35-beats/', import.meta.url).pathname,
    shardBytes: 4.9 * gigabyte,
    onProgress: (done, total) => line(`writing ${inGigabytes(done)} of ${inGigabytes(total)}`),
  });
  console.log(`\n${inGigabytes(bytes)} of weights in ${seconds(start)}`);
}

if (bundleFolder) {
  const start = performance.now();
  const { manifest } = await importCheckpoint({
    checkpointFolder,
    bundleFolder,
    weights: 'int4',
    name: 'Random weights of VideoLLaMA2.1-7B-AV shape',
    onProgress: ({ bytesDone, bytesTotal, secondsLeft }) =>
      line(`importing ${inGigabytes(bytesDone)} of ${inGigabytes(bytesTotal)}, ${Math.round(secondsLeft ?? 0)} s left`),
  });
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(`\nimported to ${inGigabytes(bytes)} in ${seconds(start)}, peak memory ${inGigabytes(peak)}`);
}

function line(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${text}   `);
}

function inGigabytes(bytes: number): string {
  return `${(bytes / gigabyte).toFixed(2)} GB`;
}

function seconds(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(0)} s`;
}

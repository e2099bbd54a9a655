/**
 * The language model of a bundle against the memory's speed and, where it is set up, against llama.cpp with a random
 * GGUF of the same shapes. The two take turns, each in its own process with as many threads as there are cores.
 */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { physicalCores } from '../src/main/answering/model/physicalCores.ts';
import { readBundleManifest, type VideoLlamaManifest } from '../src/main/models/bundleManifest.ts';
import { requireKind } from '../src/main/models/kinds/bundleKinds.ts';
import { type LanguageSizes, qwen2BytesPerToken, writeRandomQwen2 } from './language/randomQwen2.ts';
import { type LanguageSide, type Passage, type Reading, startSide } from './language/side.ts';
import { readBandwidth } from './readBandwidth.ts';
import type { Row } from './report.ts';

export interface LanguageBench {
  bundleFolder: string;
  /** Where node-llama-cpp is installed; null leaves it out. */
  peersFolder: string | null;
  runs: number;
  /** Positions of the long prompt. */
  positions: number;
}

const SHORT = 32; // positions of the short prompt
const TOKENS = 16; // per passage

/** What one engine did, the least of the runs. */
interface Figures {
  short: Reading;
  long: Reading;
  /** Bytes of weights that one token reads. */
  weightBytes: number;
}

export async function benchLanguage(bench: LanguageBench): Promise<Row[]> {
  const manifest = requireKind(await readBundleManifest(bench.bundleFolder), 'videollama2', bench.bundleFolder);
  const sides = [
    await startPlayhead(bench, manifest),
    ...(bench.peersFolder ? [await startPeer(bench, manifest)] : []),
  ];
  const { vocabSize } = manifest.architecture.language;
  const passages = { short: passage(SHORT, vocabSize), long: passage(bench.positions, vocabSize) };
  try {
    const bytesPerSecond = await readBandwidth(physicalCores(), 2 * bench.runs);
    const figures: Figures[] = sides.map(({ weightBytes }) => ({ short: never, long: never, weightBytes }));
    for (let run = 0; run < bench.runs; run++) {
      console.error(`language model: run ${run + 1} of ${bench.runs}`);
      for (const [i, { side }] of sides.entries())
        for (const name of ['short', 'long'] as const)
          (figures[i] as Figures)[name] = least((figures[i] as Figures)[name], await side.read(passages[name]));
    }
    return rowsOf(bench.positions, bytesPerSecond, figures[0] as Figures, figures[1]);
  } finally {
    for (const { side } of sides) side.stop();
  }
}

function passage(positions: number, vocabSize: number): Passage {
  return { prompt: Array.from({ length: positions }, (_, i) => (i * 7919) % vocabSize), tokens: TOKENS };
}

interface Started {
  side: LanguageSide;
  weightBytes: number;
}

async function startPlayhead({ bundleFolder }: LanguageBench, manifest: VideoLlamaManifest): Promise<Started> {
  const side = await startSide(new URL('./language/playheadSide.ts', import.meta.url), [bundleFolder]);
  return { side, weightBytes: await decoderBytes(bundleFolder, manifest) };
}

/** The GGUF lies beside the bundle and is written when it is not there yet. */
async function startPeer(
  { bundleFolder, peersFolder, positions }: LanguageBench,
  manifest: VideoLlamaManifest,
): Promise<Started> {
  const sizes = languageSizes(manifest);
  const file = `${resolve(bundleFolder)}.${sizes.layers}-layers.q4_0.gguf`;
  if (!existsSync(file)) {
    console.error(`Writing a random GGUF of the same shapes to ${file} …`);
    await writeRandomQwen2(file, sizes);
  }
  const longest = positions + TOKENS + 1;
  const args = [file, peersFolder as string, String(physicalCores()), String(longest)];
  const side = await startSide(new URL('./language/llamaCppSide.ts', import.meta.url), args);
  return { side, weightBytes: qwen2BytesPerToken(sizes) };
}

/** Every weight of the decoder but its rotary tables, of which a token reads one row. */
async function decoderBytes(bundleFolder: string, { graphs, architecture }: VideoLlamaManifest): Promise<number> {
  const { dataFile, file } = graphs.decoder;
  const { maxPositions, headDim, experts } = architecture.language;
  if (experts) throw new Error('a token reads only some experts: this bench is for models without');
  const { size } = await stat(join(bundleFolder, dataFile ?? file));
  return size - maxPositions * headDim * Float32Array.BYTES_PER_ELEMENT;
}

function languageSizes({ architecture: { language } }: VideoLlamaManifest): LanguageSizes {
  const { hiddenSize: hidden, intermediateSize: intermediate, layers, heads, kvHeads, vocabSize: vocab } = language;
  return { hidden, intermediate, layers, heads, kvHeads, vocab };
}

const never: Reading = { prefillSeconds: Infinity, stepSeconds: Infinity, cacheBytes: 0 };

function least(a: Reading, b: Reading): Reading {
  return {
    prefillSeconds: Math.min(a.prefillSeconds, b.prefillSeconds),
    stepSeconds: Math.min(a.stepSeconds, b.stepSeconds),
    cacheBytes: b.cacheBytes,
  };
}

function rowsOf(positions: number, bytesPerSecond: number, ours: Figures, theirs: Figures | undefined): Row[] {
  const rows: Row[] = [
    { what: 'memory, read by all cores', value: bytesPerSecond / 1e9, unit: 'GB/s' },
    { what: 'Playhead: weights that a token reads', value: ours.weightBytes / 1e9, unit: 'GB' },
    ...ownRows('Playhead', positions, ours),
    { what: `bandwidth bound / step after ${SHORT}`, ...share(ours, 'short'), target: '≥ 0.85' },
    { what: `bandwidth bound / step after ${positions}`, ...share(ours, 'long'), target: '≥ 0.85' },
  ];
  if (!theirs) return rows;
  const ratio = (seconds: (figures: Figures) => number) => ({ value: seconds(theirs) / seconds(ours), unit: '' });
  return [
    ...rows,
    { what: 'llama.cpp: weights that a token reads', value: theirs.weightBytes / 1e9, unit: 'GB' },
    ...ownRows('llama.cpp', positions, theirs),
    { what: `llama.cpp: bound / step after ${SHORT}`, ...share(theirs, 'short') },
    { what: `decode speed / llama.cpp's, after ${SHORT}`, ...ratio((f) => f.short.stepSeconds), target: '≥ 1' },
    { what: `decode speed / llama.cpp's, after ${positions}`, ...ratio((f) => f.long.stepSeconds), target: '≥ 1' },
    { what: "prefill speed / llama.cpp's", ...ratio((f) => f.long.prefillSeconds), target: '≥ 1' },
  ];

  function share({ weightBytes, ...readings }: Figures, name: 'short' | 'long') {
    const { cacheBytes, stepSeconds } = readings[name];
    return { value: boundShare(weightBytes + cacheBytes, bytesPerSecond, stepSeconds), unit: '' };
  }
}

/** The time that reading the bytes takes at best, as a share of the time that a step took. */
export function boundShare(bytesPerToken: number, bytesPerSecond: number, stepSeconds: number): number {
  return bytesPerToken / bytesPerSecond / stepSeconds;
}

function ownRows(name: string, positions: number, { short, long }: Figures): Row[] {
  return [
    { what: `${name}: decode step after ${SHORT}`, value: short.stepSeconds * 1000, unit: 'ms' },
    { what: `${name}: decode step after ${positions}`, value: long.stepSeconds * 1000, unit: 'ms' },
    { what: `${name}: prefill of ${positions}`, value: positions / long.prefillSeconds, unit: 'positions/s' },
  ];
}

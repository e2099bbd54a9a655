/**
 * Writes a bundle of random weights without a checkpoint: the importer's own plan, quantiser and files, fed with noise.
 * Where a checkpoint of 17 GB would only be read once, this needs no more of the disk than the bundle itself.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BundleWriter } from '../../src/main/importing/bundleWriter.ts';
import { Checkpoint } from '../../src/main/importing/checkpoint/openCheckpoint.ts';
import { countOf } from '../../src/main/importing/checkpoint/storedTensor.ts';
import { type Weight, Weights } from '../../src/main/importing/checkpoint/weights.ts';
import { planVideoLlama } from '../../src/main/importing/planVideoLlama.ts';
import { Problems } from '../../src/main/importing/problems.ts';
import { type ProgressListener, reportProgress } from '../../src/main/importing/progress.ts';
import { planWeights, type WeightChoice } from '../../src/main/importing/weightPlan.ts';
import { writeBundle } from '../../src/main/importing/writeBundle.ts';
import { noise } from './noise.ts';
import { type CheckpointSizes, checkpointShapes, type Filling } from './shapes.ts';
import { writeSmallFiles } from './smallFiles.ts';

export interface RandomBundle {
  /** Must not exist yet. */
  bundleFolder: string;
  sizes: CheckpointSizes;
  /** Where tokenizer.json, tokenizer_config.json and chat_template.jinja come from. */
  tokenizerFolder: string;
  weights: WeightChoice;
  onProgress?: ProgressListener;
}

export async function writeRandomBundle(input: RandomBundle): Promise<void> {
  const { bundleFolder, sizes, tokenizerFolder } = input;
  const folder = await mkdtemp(join(tmpdir(), 'playhead-random-'));
  try {
    await writeSmallFiles(folder, sizes, tokenizerFolder);
    const problems = new Problems(folder);
    const plan = await planVideoLlama({
      folder,
      weights: new NoiseWeights(sizes, problems),
      problems,
      formats: planWeights(input.weights),
      about: { name: 'Random weights', description: '', licence: 'none', source: 'noise', isSampleModel: false },
    });
    problems.throwIfAny();
    if (!plan) throw new Error('planning gave neither a plan nor a problem');
    const writer = new BundleWriter(bundleFolder, undefined, reportProgress(plan.bytes, input.onProgress));
    await writeBundle(plan, writer, problems);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The weights of a checkpoint of these sizes, made up as they are read. */
class NoiseWeights extends Weights {
  readonly #fillings: Map<string, Filling>;
  readonly #pool = noise();

  constructor(sizes: CheckpointSizes, problems: Problems) {
    super(new Checkpoint('', new Map()), problems);
    this.#fillings = new Map(checkpointShapes(sizes).map(({ name, filling }) => [name, filling]));
  }

  override has(name: string): boolean {
    return this.#fillings.has(name);
  }

  override get(name: string, shape: number[]): Weight {
    const filling = this.#fillings.get(name);
    if (!filling) throw new Error(`${name} is not among the shapes`);
    return { name, shape, rows: () => rowsOf(shape, filling, this.#pool) };
  }
}

/** Whole rows, as many at a time as the pool holds. */
async function* rowsOf(
  shape: number[],
  filling: Filling,
  pool: Float32Array<ArrayBuffer>,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  const total = countOf(shape);
  if (filling !== 'noise') {
    yield new Float32Array(total).fill(filling === 'ones' ? 1 : 0);
    return;
  }
  const row = Math.max(1, countOf(shape.slice(1)));
  const step = Math.floor(pool.length / row) * row;
  for (let start = 0; start < total; start += step) yield pool.subarray(0, Math.min(step, total - start));
}

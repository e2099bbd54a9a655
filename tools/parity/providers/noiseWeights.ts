/** Weights of any name and shape, the same in every run: networks of sizes for which there is no checkpoint. */
import { Checkpoint } from '../../../src/main/importing/checkpoint/openCheckpoint.ts';
import { countOf } from '../../../src/main/importing/checkpoint/storedTensor.ts';
import { type Weight, Weights } from '../../../src/main/importing/checkpoint/weights.ts';
import { Problems } from '../../../src/main/importing/problems.ts';

/** A prime number of values, so that no two rows of a weight repeat each other. */
const poolValues = 1_048_573;
const chunkValues = 4 * 1024 * 1024;

export class NoiseWeights extends Weights {
  constructor() {
    super(new Checkpoint('', new Map()), new Problems(''));
  }

  override has(): boolean {
    return true;
  }

  override get(name: string, shape: number[]): Weight {
    return { name, shape, rows: () => rowsOf(name, shape) };
  }
}

/** Values of a tensor of noise between -1 and 1, from the same pool. */
export function noise(count: number, seed: string): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count);
  fill(values, placeOf(seed), 1, 0);
  return values;
}

/** Matrices keep the size of what goes through them; norms are near one, biases small. */
async function* rowsOf(name: string, shape: number[]): AsyncGenerator<Float32Array<ArrayBuffer>> {
  const row = countOf(shape.slice(1));
  const isNorm = /norm|\.bn\.|weight_g|grep_a/.test(name) && !name.endsWith('bias');
  const scale = isNorm || shape.length === 1 ? 0.2 : Math.sqrt(3 / row);
  const step = Math.max(1, Math.floor(chunkValues / row)) * row;
  const total = countOf(shape);
  let place = placeOf(name);
  for (let start = 0; start < total; start += step) {
    const chunk = new Float32Array(Math.min(step, total - start));
    place = fill(chunk, place, scale, isNorm ? 1 : 0);
    yield chunk;
  }
}

let pool: Float32Array | null = null;

/** @returns where the next values begin */
function fill(values: Float32Array, place: number, scale: number, shift: number): number {
  pool ??= makePool();
  let at = place;
  for (let i = 0; i < values.length; i++) {
    values[i] = (pool[at] as number) * scale + shift;
    at = at + 1 === poolValues ? 0 : at + 1;
  }
  return at;
}

function makePool(): Float32Array {
  let state = 20_261_128;
  return Float32Array.from({ length: poolValues }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

function placeOf(name: string): number {
  let hash = 7;
  for (const character of name) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0;
  return hash % poolValues;
}

/** Weights as the networks see them: a name, a shape, and rows that stream as floats. */
import { basename } from 'node:path';
import type { Problems } from '../problems.ts';
import { shapeText } from '../problems.ts';
import type { Checkpoint } from './openCheckpoint.ts';
import { countOf, isFloatDtype, readValues } from './storedTensor.ts';

/** Reading more than this only to find more that is wrong takes longer than a person would wait. */
const checkedBytes = 4 * 1024 ** 3;

/** At most this many values are in memory for one chunk (16 MiB of floats), unless one row has more. */
const chunkValues = 4 * 1024 * 1024;

export interface Weight {
  name: string;
  shape: number[];
  /** Chunks of whole rows (a row is everything behind the first dimension), in order. */
  rows(): AsyncIterable<Float32Array<ArrayBuffer>>;
}

export function rowSize(weight: Weight): number {
  return countOf(weight.shape.slice(1));
}

export class Weights {
  readonly #checkpoint: Checkpoint;
  readonly #problems: Problems;

  constructor(checkpoint: Checkpoint, problems: Problems) {
    this.#checkpoint = checkpoint;
    this.#problems = problems;
  }

  has(name: string): boolean {
    return this.#checkpoint.tensors.has(name);
  }

  /** A weight of this shape; when it is missing or another, that becomes a problem and planning goes on. */
  get(name: string, shape: number[]): Weight {
    const stored = this.#checkpoint.tensors.get(name);
    if (!stored) this.#missing(name, shape);
    else if (!isFloatDtype(stored.dtype))
      this.#problems.add(`${name} has dtype ${stored.dtype}, expected F32, F16 or BF16`);
    else if (stored.shape.length !== shape.length || stored.shape.some((size, i) => size !== shape[i]))
      this.#problems.add(`${name} has shape ${shapeText(stored.shape)}, expected ${shapeText(shape)}`);
    return { name, shape, rows: () => this.#rows(name, shape) };
  }

  /** Reads all that can be read, where that is quick, so that values that are not finite become problems too. */
  async checkValues(): Promise<void> {
    const { tensors, whereabouts } = this.#checkpoint;
    const readable = [...tensors].filter(
      ([, { dtype, file }]) => isFloatDtype(dtype) && !whereabouts.damaged.has(basename(file)),
    );
    if (readable.reduce((sum, [, { bytes }]) => sum + bytes, 0) > checkedBytes) return;
    for (const [name, { shape }] of readable) for await (const _ of this.#rows(name, shape));
  }

  #missing(name: string, shape: number[]): void {
    const { whereabouts } = this.#checkpoint;
    if (whereabouts.isUnreadable(name)) return;
    const shard = whereabouts.shards.get(name);
    this.#problems.add(
      `${name} ${shapeText(shape)} is missing${shard ? ` from ${shard}, where the index puts it` : ''}`,
    );
  }

  async *#rows(name: string, shape: number[]): AsyncGenerator<Float32Array<ArrayBuffer>> {
    const stored = this.#checkpoint.tensors.get(name);
    if (!stored) throw new Error(`${name} is missing`);
    const handle = await this.#checkpoint.handle(stored.file);
    const row = Math.max(1, countOf(shape.slice(1)));
    const step = Math.max(1, Math.floor(chunkValues / row)) * row;
    const total = countOf(shape);
    for (let start = 0; start < total; start += step) {
      const values = await readValues(handle, stored, start, Math.min(step, total - start));
      if (!allFinite(values)) this.#problems.add(`${name} holds values that are not finite (NaN or infinity)`);
      yield values;
    }
  }
}

/** Several weights of equal row size, one below the other: (N1 + N2 + …, K). */
export function stackRows(name: string, weights: Weight[]): Weight {
  const [first] = weights;
  if (!first) throw new Error('nothing to stack');
  const rows = weights.reduce((sum, weight) => sum + (weight.shape[0] ?? 0), 0);
  return {
    name,
    shape: [rows, ...first.shape.slice(1)],
    async *rows() {
      for (const weight of weights) yield* weight.rows();
    },
  };
}

/** The same values under another shape with the same number of rows. */
export function reshapeRows(weight: Weight, shape: number[]): Weight {
  return { name: weight.name, shape, rows: () => weight.rows() };
}

/** Rows first up to (not with) end. */
export function sliceRows(weight: Weight, name: string, first: number, end: number): Weight {
  const row = rowSize(weight);
  return {
    name,
    shape: [end - first, ...weight.shape.slice(1)],
    async *rows() {
      let at = 0;
      for await (const chunk of weight.rows()) {
        const from = Math.max(0, first * row - at);
        const to = Math.min(chunk.length, end * row - at);
        if (to > from) yield chunk.slice(from, to);
        at += chunk.length;
      }
    },
  };
}

/** Every row rewritten by a plain function of one row. */
export function mapRows(weight: Weight, shape: number[], change: (row: Float32Array) => Float32Array): Weight {
  const row = rowSize(weight);
  return {
    name: weight.name,
    shape,
    async *rows() {
      for await (const chunk of weight.rows()) {
        const changed = new Float32Array(chunk.length);
        for (let i = 0; i < chunk.length; i += row) changed.set(change(chunk.subarray(i, i + row)), i);
        yield changed;
      }
    },
  };
}

/** A small weight that is computed from others when its turn comes. */
export function computedWeight(
  name: string,
  shape: number[],
  compute: () => Promise<Float32Array<ArrayBuffer>>,
): Weight {
  return {
    name,
    shape,
    async *rows() {
      yield await compute();
    },
  };
}

/** The whole of a small weight. */
export async function readAll(weight: Weight): Promise<Float32Array<ArrayBuffer>> {
  const values = new Float32Array(countOf(weight.shape));
  let at = 0;
  for await (const chunk of weight.rows()) {
    values.set(chunk, at);
    at += chunk.length;
  }
  return values;
}

function allFinite(values: Float32Array): boolean {
  // Zero times a finite number is zero; times anything else it is NaN.
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += (values[i] as number) * 0;
  return zero === 0;
}

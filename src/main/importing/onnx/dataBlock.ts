/** Initializers and how their bytes are poured, in the weight format that was asked for. */
/// <reference lib="esnext.float16" />

import { PlayheadError } from '../../../contract/errors.ts';
import type { DataType } from '../../models/onnxProto.ts';
import { dataTypeBytes } from '../../models/onnxProto.ts';
import { countOf } from '../checkpoint/storedTensor.ts';
import { rowSize, type Weight } from '../checkpoint/weights.ts';
import { codeBytesPerBlock, quantizeRow } from './quantize.ts';

export interface DataPart {
  name: string;
  type: DataType;
  dims: number[];
}

/** One or more initializers whose bytes come out of one pass over a weight, one part after the other. */
export interface DataBlock {
  parts: DataPart[];
  /** No chunk crosses the border between two parts. */
  chunks(): AsyncIterable<Uint8Array>;
}

export function partBytes(part: DataPart): number {
  return countOf(part.dims) * dataTypeBytes[part.type];
}

export function blockBytes(block: DataBlock): number {
  return block.parts.reduce((sum, part) => sum + partBytes(part), 0);
}

export function floatBlock(weight: Weight): DataBlock {
  return {
    parts: [{ name: weight.name, type: 'float', dims: weight.shape }],
    async *chunks() {
      for await (const values of weight.rows()) yield bytesOf(values);
    },
  };
}

/** From here on a number becomes infinity as fp16. */
const halfLimit = 65_520;

function reaches(values: Float32Array, limit: number): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    // An infinity is already known as a problem of its own.
    if ((value >= limit || value <= -limit) && Number.isFinite(value)) return true;
  }
  return false;
}

export function halfBlock(weight: Weight, name: string): DataBlock {
  return {
    parts: [{ name, type: 'float16', dims: weight.shape }],
    async *chunks() {
      for await (const values of weight.rows()) {
        if (reaches(values, halfLimit))
          throw new PlayheadError({
            code: 'checkpoint-invalid',
            message: `${weight.name} holds values that are too large for fp16.`,
            hint: 'Import it with fp32 weights.',
          });
        yield bytesOf(new Float16Array(values));
      }
    },
  };
}

/** The two weight inputs of MatMulNBits: codes (N, K / block, block · bits / 8) and scales (N, K / block). */
export function quantizedBlock(weight: Weight, bits: 4 | 8, blockSize: number): DataBlock {
  const rows = weight.shape[0] ?? 0;
  const columns = rowSize(weight);
  const blocks = Math.ceil(columns / blockSize);
  const codeRow = blocks * codeBytesPerBlock(bits, blockSize);
  return {
    parts: [
      { name: `${weight.name}.codes`, type: 'uint8', dims: [rows, blocks, codeBytesPerBlock(bits, blockSize)] },
      { name: `${weight.name}.scales`, type: 'float', dims: [rows, blocks] },
    ],
    async *chunks() {
      // The scales wait for the codes: 1/16 of a 4-bit weight at block 32.
      const scales = new Float32Array(rows * blocks);
      let row = 0;
      for await (const values of weight.rows()) {
        const count = values.length / columns;
        const codes = new Uint8Array(count * codeRow);
        for (let i = 0; i < count; i++, row++)
          quantizeRow(
            values.subarray(i * columns, (i + 1) * columns),
            { bits, blockSize },
            {
              codes: codes.subarray(i * codeRow, (i + 1) * codeRow),
              scales: scales.subarray(row * blocks, (row + 1) * blocks),
            },
          );
        yield codes;
      }
      yield bytesOf(scales);
    },
  };
}

export function int64Block(name: string, dims: number[], values: readonly number[]): DataBlock {
  const data = new BigInt64Array(values.map(BigInt));
  return {
    parts: [{ name, type: 'int64', dims }],
    async *chunks() {
      yield bytesOf(data);
    },
  };
}

export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

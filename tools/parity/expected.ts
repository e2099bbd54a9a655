/** The reference's numbers of a parity folder: expected.json and expected.safetensors. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { readSafetensorsHeader } from '../../src/main/importing/checkpoint/readSafetensorsHeader.ts';

export interface ExpectedTensor {
  shape: number[];
  data: Float32Array | Uint8Array | Int32Array;
}
export type ExpectedTensors = Map<string, ExpectedTensor>;

export async function readExpectedTensors(file: string): Promise<ExpectedTensors> {
  const { tensors, problems } = await readSafetensorsHeader(file);
  if (problems.length > 0) throw new Error(problems.join('; '));
  const bytes = await readFile(file);
  return new Map(
    tensors.map(({ name, dtype, shape, offset, bytes: length }) => {
      const buffer = bytes.buffer.slice(bytes.byteOffset + offset, bytes.byteOffset + offset + length);
      return [name, { shape, data: viewOf(dtype, buffer) }];
    }),
  );
}

function viewOf(dtype: string, buffer: ArrayBuffer): ExpectedTensor['data'] {
  if (dtype === 'F32') return new Float32Array(buffer);
  if (dtype === 'U8') return new Uint8Array(buffer);
  if (dtype === 'I32') return new Int32Array(buffer);
  throw new Error(`expected values of dtype ${dtype} are not known here`);
}

const caseSchema = z.object({
  modal: z.enum(['video', 'image', 'audio', 'audio-video']),
  question: z.string(),
  prompt: z.string(),
  input_ids: z.array(z.int()),
  sequence_length: z.int(),
  greedy_ids: z.array(z.int()),
});
export type ExpectedCase = z.infer<typeof caseSchema>;

const expectedSchema = z.object({ system_message: z.string().nullable(), cases: z.array(caseSchema) });

export async function readExpectedCases(folder: string): Promise<z.infer<typeof expectedSchema>> {
  return expectedSchema.parse(JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')));
}

/** `frames` (T, H, W, 3) as pictures. */
export function framesOf(tensors: ExpectedTensors) {
  const { shape, data } = need(tensors, 'frames');
  const [count, height, width] = shape as [number, number, number, number];
  const length = height * width * 3;
  return Array.from({ length: count }, (_, t) => ({
    width,
    height,
    data: (data as Uint8Array).slice(t * length, (t + 1) * length),
  }));
}

export function need(tensors: ExpectedTensors, name: string): ExpectedTensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`expected.safetensors has no ${name}`);
  return tensor;
}

export function floats(tensors: ExpectedTensors, name: string): Float32Array {
  return need(tensors, name).data as Float32Array;
}

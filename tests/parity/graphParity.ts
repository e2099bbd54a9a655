/** Runs a bundle's graphs on the reference's own inputs and says how far the numbers are apart. */
import { open, readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { readSafetensorsHeader } from '../../src/main/importing/checkpoint/readSafetensorsHeader.ts';
import { readValues } from '../../src/main/importing/checkpoint/storedTensor.ts';

export interface Values {
  data: Float32Array<ArrayBuffer>;
  dims: number[];
}

/** The float tensors of a safetensors file. */
export async function readFloats(file: string): Promise<Map<string, Values>> {
  const { tensors } = await readSafetensorsHeader(file);
  const handle = await open(file, 'r');
  const values = new Map<string, Values>();
  for (const tensor of tensors.filter(({ dtype }) => dtype === 'F32'))
    values.set(tensor.name, {
      data: await readValues(handle, tensor, 0, tensor.bytes / 4),
      dims: tensor.shape,
    });
  await handle.close();
  return values;
}

/** One I32 tensor of a safetensors file. */
export async function readInts(file: string, name: string): Promise<{ data: number[]; dims: number[] }> {
  const { tensors } = await readSafetensorsHeader(file);
  const tensor = tensors.find((each) => each.name === name);
  if (tensor?.dtype !== 'I32') throw new Error(`${file} holds no I32 tensor ${name}`);
  const bytes = await readFile(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset + tensor.offset, tensor.bytes);
  return { data: Array.from({ length: tensor.bytes / 4 }, (_, i) => view.getInt32(i * 4, true)), dims: tensor.shape };
}

export function tensor({ data, dims }: Values, shape = dims): Tensor {
  return new Tensor('float32', data, shape);
}

/** One run on the CPU provider; the outputs by name. */
export async function runGraph(file: string, feeds: Record<string, Tensor>): Promise<Record<string, Values>> {
  const session = await InferenceSession.create(file, { intraOpNumThreads: 2 });
  try {
    const outputs = await session.run(feeds);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, output]) => [
        name,
        { data: output.data as Float32Array<ArrayBuffer>, dims: [...output.dims] },
      ]),
    );
  } finally {
    await session.release();
  }
}

/** The largest difference, relative to the expected tensor's largest magnitude. NaN counts as infinite. */
export function relativeError(actual: Values | undefined, expected: Values | undefined): number {
  if (!actual || !expected) throw new Error('a tensor is missing');
  if (actual.data.length !== expected.data.length)
    throw new Error(`${actual.dims} values where the reference has ${expected.dims}`);
  let difference = 0;
  let magnitude = 0;
  expected.data.forEach((value, i) => {
    const apart = Math.abs((actual.data[i] as number) - value);
    difference = Math.max(difference, Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart);
    magnitude = Math.max(magnitude, Math.abs(value));
  });
  return difference / magnitude;
}

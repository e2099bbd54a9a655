/** Placeholder until the pickle reader lands. */
import { basename } from 'node:path';
import type { StoredTensor } from './storedTensor.ts';

export async function readTorchZip(file: string): Promise<{ tensors: StoredTensor[]; problems: string[] }> {
  return { tensors: [], problems: [`${basename(file)} cannot be read yet`] };
}

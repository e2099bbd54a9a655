import { PlayheadError } from '../../../contract/errors.ts';
import type { DeviceTensor } from './tensors.ts';

/** A KV cache in the adapter's memory: by `key` and `value` of every layer (1, kvHeads, capacity, headDim). */
export class DeviceKvCache {
  /** Positions that are filled. */
  length = 0;
  /** Positions that have room. */
  capacity = 0;
  /** By names such as "0.key". */
  tensors: Record<string, DeviceTensor> = {};
  readonly #adapter: { isLost: boolean };

  constructor(adapter: { isLost: boolean }) {
    this.#adapter = adapter;
  }

  /** True once its values are gone with the adapter that held them. */
  get isLost(): boolean {
    return this.#adapter.isLost;
  }

  get bytes(): number {
    return Object.values(this.tensors).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Gives the memory back; nothing may use the cache afterwards. */
  release(): void {
    for (const tensor of Object.values(this.tensors)) tensor.dispose();
    this.tensors = {};
    this.capacity = 0;
    this.length = 0;
  }
}

/** An answer that was lost with the adapter's memory. */
export function adapterLost(cause?: unknown): PlayheadError {
  return new PlayheadError(
    {
      code: 'provider-unavailable',
      message: 'The graphics adapter gave up in the middle of this answer.',
      hint: 'Ask again: the processor reads the clip once more.',
    },
    { cause },
  );
}

export function isAdapterLost(thrown: unknown): boolean {
  return thrown instanceof PlayheadError && thrown.code === 'provider-unavailable';
}

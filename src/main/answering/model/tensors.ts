/** What goes into a graph and comes out of it: values on the host, or a place in the adapter's memory. */

export interface TensorLike {
  data: Float32Array | Int32Array | BigInt64Array | Uint8Array;
  dims: readonly number[];
}

export interface FloatTensor {
  data: Float32Array;
  dims: readonly number[];
}

/** Of ONNX Runtime: what of it is used elsewhere. */
interface RuntimeTensor {
  readonly dims: readonly number[];
  dispose(): void;
}

/**
 * Floats in the adapter's memory. They are read by giving them to a graph, never by hand: ONNX Runtime 1.30 for Node
 * ends the process when it is asked for their data.
 */
export class DeviceTensor {
  readonly tensor: RuntimeTensor;

  constructor(tensor: RuntimeTensor) {
    this.tensor = tensor;
  }

  get dims(): readonly number[] {
    return this.tensor.dims;
  }

  get bytes(): number {
    return this.dims.reduce((product, size) => product * size, Float32Array.BYTES_PER_ELEMENT);
  }

  /** What is not given back is never free again. */
  dispose(): void {
    this.tensor.dispose();
  }
}

export type Feeds = Record<string, TensorLike | DeviceTensor>;

/** What a graphics adapter can do beyond the least: ONNX Runtime for Node does not tell it, so it is tried. */
import { dataTypes, encodeModel, type Node, type ValueInfo } from '../../models/onnxProto.ts';
import { openDeviceGraph, type Provider } from './onnxRuntime.ts';

/** By WebGPU's own names. */
export type AdapterFeature = 'shader-f16';

/** @param provider one that works; what was tried costs nothing afterwards */
export async function adapterFeatures(provider: Provider): Promise<ReadonlySet<AdapterFeature>> {
  return new Set((await multipliesHalves(provider)) ? ['shader-f16'] : []);
}

/** Without the feature the session opens, and its first run fails. */
async function multipliesHalves(provider: Provider): Promise<boolean> {
  try {
    const graph = await openDeviceGraph(halfGraph(), { provider, outputs: 'return', isQuiet: true });
    const x = { data: Float32Array.of(1.5, -2), dims: [2] };
    const { y } = await graph.run({ x }, ['y']).finally(() => graph.close());
    return y !== undefined && 'data' in y && y.data[0] === 2.25 && y.data[1] === 4;
  } catch {
    return false;
  }
}

/** x (2) -> its squares, by way of fp16. */
function halfGraph(): Uint8Array {
  const node = (opType: string, inputs: string[], output: string, to?: number): Node => ({
    ...{ opType, domain: '', name: output, inputs, outputs: [output] },
    attributes: to === undefined ? {} : { to },
  });
  const values = (name: string): ValueInfo => ({ name, type: 'float', dims: [2] });
  const nodes = [
    node('Cast', ['x'], 'half', dataTypes.float16),
    node('Mul', ['half', 'half'], 'square'),
    node('Cast', ['square'], 'y', dataTypes.float),
  ];
  const graph = { name: 'half', nodes, inputs: [values('x')], outputs: [values('y')], initializers: [] };
  return encodeModel({ producer: 'playhead', opsets: [{ domain: '', version: 18 }], graph });
}

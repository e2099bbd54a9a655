/** The connector that a checkpoint names. */
import type { ConnectorType } from '../../models/bundleManifest.ts';
import type { Weights } from '../checkpoint/weights.ts';
import type { Graph, WeightOptions } from '../onnx/graph.ts';
import { meanConnector } from './meanConnector.ts';
import { type ConnectorSizes, samplers, stcConnector } from './stcConnector.ts';

export function connectorGraph(
  weights: Weights,
  type: ConnectorType,
  sizes: ConnectorSizes,
  options: WeightOptions,
): Graph {
  const sampler = samplers[type];
  if (sampler) return stcConnector(weights, sampler, sizes, options);
  return meanConnector(weights, type as 'mlp2x_gelu' | 'linear', sizes, options);
}

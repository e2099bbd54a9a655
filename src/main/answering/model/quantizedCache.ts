/**
 * A cache of 8-bit codes, a quarter of one of floats. Codes are 128 for 0, in steps of one scale per head and position.
 *
 * Keys have channels that are much larger than others (Qwen2's biases), so each channel is first put into its own
 * frame: key[c] = center[c] + spread[c] · scale · (code[c] - 128). The frame is that of the positions that were read
 * first; the scale takes what lies outside of it. Values need none: value[c] = scale · (code[c] - 128).
 * Source of the idea: SageAttention (arXiv 2410.02367), which smooths keys; KIVI (arXiv 2402.02750), on channels.
 */
import type { KvCache, KvShape, LayerAddition } from './kvCache.ts';

const ZERO = 128;
const HIGHEST = 127;
/** Of a head's widest channel: a channel that did not move at first must not set the scale later. */
const LEAST_SPREAD = 0.02;

export function isQuantized({ parts }: KvShape): boolean {
  return parts.some(({ name }) => name === 'key_scale');
}

/** The parts of one layer, with the sizes that the graph gives them. */
interface QuantizedLayer {
  /** (kvHeads, headDim, capacity) */
  key: Uint8Array;
  /** (kvHeads, capacity, headDim) */
  value: Uint8Array;
  /** (kvHeads, capacity) each */
  key_scale: Float32Array;
  value_scale: Float32Array;
  /** (kvHeads, headDim) each */
  key_center: Float32Array;
  key_spread: Float32Array;
}

/** Writes the codes of new positions behind what the cache holds; there must be room. */
export function quantizeInto(
  { layers, length, capacity }: KvCache,
  { kvHeads, headDim }: KvShape,
  { layer: layerIndex, positions, key, value }: LayerAddition,
): void {
  const layer = layers[layerIndex] as unknown as QuantizedLayer;
  if (length === 0) frameChannels(layer, key, kvHeads, headDim);
  const { key_center: center, key_spread: spread } = layer;
  const row = new Float32Array(headDim);
  for (let head = 0; head < kvHeads; head++) {
    const channels = head * headDim;
    for (let position = 0; position < positions; position++) {
      const from = (head * positions + position) * headDim;
      const place = length + position;
      const at = head * capacity + place;
      for (let c = 0; c < headDim; c++)
        row[c] = ((key[from + c] as number) - (center[channels + c] as number)) / (spread[channels + c] as number);
      layer.key_scale[at] = writeCodes(row, layer.key, channels * capacity + place, capacity);
      row.set(value.subarray(from, from + headDim));
      layer.value_scale[at] = writeCodes(row, layer.value, at * headDim, 1);
    }
  }
}

/** Middle and half width of every channel over the given keys (kvHeads, positions, headDim). */
function frameChannels(layer: QuantizedLayer, keys: Float32Array, kvHeads: number, headDim: number): void {
  const positions = keys.length / (kvHeads * headDim);
  for (let head = 0; head < kvHeads; head++) {
    let widest = 0;
    for (let c = 0; c < headDim; c++) {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let position = 0; position < positions; position++) {
        const value = keys[(head * positions + position) * headDim + c] as number;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      layer.key_center[head * headDim + c] = (high + low) / 2;
      layer.key_spread[head * headDim + c] = (high - low) / 2;
      widest = Math.max(widest, (high - low) / 2);
    }
    // A single position has no width: its channels all count alike.
    const least = widest > 0 ? widest * LEAST_SPREAD : 1;
    const spreads = layer.key_spread.subarray(head * headDim, (head + 1) * headDim);
    spreads.set(spreads.map((spread) => Math.max(spread, least)));
  }
}

/** Codes of one row, `stride` apart; gives their scale. */
function writeCodes(row: Float32Array, codes: Uint8Array, start: number, stride: number): number {
  let peak = 0;
  for (let i = 0; i < row.length; i++) peak = Math.max(peak, Math.abs(row[i] as number));
  const scale = Math.fround(peak / HIGHEST);
  const factor = scale > 0 ? 1 / scale : 0;
  for (let i = 0; i < row.length; i++) codes[start + i * stride] = Math.round((row[i] as number) * factor) + ZERO;
  return scale;
}

/**
 * A random Qwen2 as llama.cpp's own quantiser would store it for Q4_0: every matrix in Q4_0 (4.5 bits a value), the
 * output matrix in Q6_K (6.6 bits), norms and biases in 32-bit floats. The text it generates is noise; its speed is not.
 * Source: llama.cpp `src/llama-quant.cpp`, `gguf-py/gguf/tensor_mapping.py`.
 */
/// <reference lib="esnext.float16" />
import { randomFillSync } from 'node:crypto';
import { rename } from 'node:fs/promises';
import type { CheckpointSizes } from '../../tools/trueSizeCheckpoint/shapes.ts';
import { type GgufMetadata, type GgufTensor, ggufTypes, tensorBytes, writeGguf } from './gguf.ts';

export type LanguageSizes = CheckpointSizes['language'];

/** llama.cpp's number for a file of mostly Q4_0. */
const mostlyQ4 = 2;
const contextLength = 32_768;
/** A prime number of blocks, so that rows do not repeat each other. */
const poolBlocks = 65_537;
/** Standard deviation of the weights. */
const spread = 0.02;

/** The file is there whole or not at all. */
export async function writeRandomQwen2(file: string, sizes: LanguageSizes): Promise<void> {
  const pools = { Q4_0: pool('Q4_0'), Q6_K: pool('Q6_K') };
  await writeGguf(`${file}.partial`, qwen2Metadata(sizes), qwen2Tensors(sizes), (tensor) =>
    tensor.type === 'F32' ? constant(tensor) : fromPool(pools[tensor.type], tensorBytes(tensor)),
  );
  await rename(`${file}.partial`, file);
}

/** With the least of a tokenizer that llama.cpp opens: tokens that are called by their numbers, one merge. */
export function qwen2Metadata({ hidden, intermediate, layers, heads, kvHeads, vocab }: LanguageSizes): GgufMetadata {
  return {
    'general.architecture': { text: 'qwen2' },
    'general.name': { text: 'random weights' },
    'general.file_type': { u32: mostlyQ4 },
    'general.quantization_version': { u32: 2 },
    'qwen2.block_count': { u32: layers },
    'qwen2.context_length': { u32: contextLength },
    'qwen2.embedding_length': { u32: hidden },
    'qwen2.feed_forward_length': { u32: intermediate },
    'qwen2.attention.head_count': { u32: heads },
    'qwen2.attention.head_count_kv': { u32: kvHeads },
    'qwen2.attention.layer_norm_rms_epsilon': { f32: 1e-6 },
    'qwen2.rope.freq_base': { f32: 1_000_000 },
    'qwen2.vocab_size': { u32: vocab },
    'tokenizer.ggml.model': { text: 'gpt2' },
    'tokenizer.ggml.pre': { text: 'qwen2' },
    'tokenizer.ggml.tokens': { texts: Array.from({ length: vocab }, (_, id) => `token${id}`) },
    'tokenizer.ggml.merges': { texts: ['t o'] },
  };
}

export function qwen2Tensors({ hidden, intermediate, layers, heads, kvHeads, vocab }: LanguageSizes): GgufTensor[] {
  const kv = (hidden / heads) * kvHeads;
  const matrix = (name: string, columns: number, rows: number): GgufTensor => ({
    name: `${name}.weight`,
    type: 'Q4_0',
    dims: [columns, rows],
  });
  const vector = (name: string, size: number): GgufTensor => ({ name, type: 'F32', dims: [size] });
  const layer = (i: number): GgufTensor[] => [
    vector(`blk.${i}.attn_norm.weight`, hidden),
    matrix(`blk.${i}.attn_q`, hidden, hidden),
    vector(`blk.${i}.attn_q.bias`, hidden),
    matrix(`blk.${i}.attn_k`, hidden, kv),
    vector(`blk.${i}.attn_k.bias`, kv),
    matrix(`blk.${i}.attn_v`, hidden, kv),
    vector(`blk.${i}.attn_v.bias`, kv),
    matrix(`blk.${i}.attn_output`, hidden, hidden),
    vector(`blk.${i}.ffn_norm.weight`, hidden),
    matrix(`blk.${i}.ffn_gate`, hidden, intermediate),
    matrix(`blk.${i}.ffn_up`, hidden, intermediate),
    matrix(`blk.${i}.ffn_down`, intermediate, hidden),
  ];
  return [
    matrix('token_embd', hidden, vocab),
    ...Array.from({ length: layers }, (_, i) => layer(i)).flat(),
    vector('output_norm.weight', hidden),
    { ...matrix('output', hidden, vocab), type: 'Q6_K' },
  ];
}

/** Bytes of weights that one token reads: all but the embeddings, of which it needs one row. */
export function qwen2BytesPerToken(sizes: LanguageSizes): number {
  const read = qwen2Tensors(sizes).filter(({ name }) => name !== 'token_embd.weight');
  return read.reduce((sum, tensor) => sum + tensorBytes(tensor), 0);
}

/** Norms are ones, biases zeros. */
function* constant(tensor: GgufTensor): Generator<Uint8Array> {
  const values = new Float32Array(tensorBytes(tensor) / 4).fill(tensor.name.endsWith('.bias') ? 0 : 1);
  yield new Uint8Array(values.buffer);
}

function* fromPool(blocks: Uint8Array, bytes: number): Generator<Uint8Array> {
  for (let left = bytes; left > 0; left -= blocks.length) yield blocks.subarray(0, Math.min(left, blocks.length));
}

/** Random codes under scales that give the weights their spread. */
function pool(type: 'Q4_0' | 'Q6_K'): Uint8Array {
  const { blockBytes } = ggufTypes[type];
  const blocks = randomFillSync(new Uint8Array(poolBlocks * blockBytes));
  const scaleAt = type === 'Q4_0' ? 0 : blockBytes - 2;
  const scalesAt = 192; // of Q6_K: behind 128 + 64 bytes of codes
  const view = new DataView(blocks.buffer);
  for (let start = 0; start < blocks.length; start += blockBytes) {
    if (type === 'Q6_K') for (let i = 0; i < 16; i++) view.setInt8(start + scalesAt + i, 8 + (i % 8));
    // Uniform codes of b bits have a standard deviation of 2^b / √12: 4.6 and 18.5 (times scales of 12).
    view.setFloat16(start + scaleAt, spread / (type === 'Q4_0' ? 4.6 : 18.5 * 12), true);
  }
  return blocks;
}

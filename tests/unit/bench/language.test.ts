import { describe, expect, it } from 'vitest';
import { boundShare } from '../../../bench/benchLanguage.ts';
import { tensorBytes } from '../../../bench/language/gguf.ts';
import { qwen2BytesPerToken, qwen2Metadata, qwen2Tensors } from '../../../bench/language/randomQwen2.ts';
import { trueSizes } from '../../../tools/trueSizeCheckpoint/shapes.ts';

const sizes = { hidden: 256, intermediate: 512, layers: 2, heads: 4, kvHeads: 2, vocab: 1000 };

describe('a random Qwen2 for llama.cpp', () => {
  it('has a weight for every one of the checkpoint, rows last', () => {
    const tensors = new Map(qwen2Tensors(sizes).map((tensor) => [tensor.name, tensor]));
    expect(tensors.size).toBe(3 + 2 * 12);
    expect(tensors.get('token_embd.weight')).toMatchObject({ type: 'Q4_0', dims: [256, 1000] });
    expect(tensors.get('output.weight')).toMatchObject({ type: 'Q6_K', dims: [256, 1000] });
    expect(tensors.get('blk.1.attn_k.weight')).toMatchObject({ type: 'Q4_0', dims: [256, 128] });
    expect(tensors.get('blk.1.attn_k.bias')).toMatchObject({ type: 'F32', dims: [128] });
    expect(tensors.get('blk.0.ffn_down.weight')).toMatchObject({ type: 'Q4_0', dims: [512, 256] });
  });

  it('names as many tokens as the vocabulary has', () => {
    const tokens = qwen2Metadata(sizes)['tokenizer.ggml.tokens'];
    expect(tokens && 'texts' in tokens && new Set(tokens.texts).size).toBe(1000);
  });

  it('reads all but the embeddings for a token', () => {
    const all = qwen2Tensors(sizes).reduce((sum, tensor) => sum + tensorBytes(tensor), 0);
    expect(all - qwen2BytesPerToken(sizes)).toBe((256 / 32) * 18 * 1000);
  });

  it('reads 4.1 GB for a token at the shapes of VideoLLaMA2.1-7B', () => {
    expect(qwen2BytesPerToken(trueSizes.language) / 1e9).toBeCloseTo(4.12, 1);
  });
});

describe('the share of the bandwidth bound', () => {
  it('is 1 when a step takes as long as reading its bytes, and falls as it takes longer', () => {
    expect(boundShare(4e9, 16e9, 0.25)).toBe(1);
    expect(boundShare(4e9, 16e9, 0.5)).toBe(0.5);
  });
});

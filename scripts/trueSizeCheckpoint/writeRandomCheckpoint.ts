/** Writes a checkpoint of random bf16 weights in the published layout: shards, index, config, tokenizer. */
import { copyFile, mkdir, open, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckpointSizes, checkpointShapes, type Filling, type ShapeEntry } from './shapes.ts';

export interface RandomCheckpoint {
  folder: string;
  sizes: CheckpointSizes;
  /** Where tokenizer.json, tokenizer_config.json and chat_template.jinja come from. */
  tokenizerFolder: string;
  shardBytes: number;
  onProgress?: (bytesDone: number, bytesTotal: number) => void;
}

const bf16Bytes = 2;
/** A prime number of values, so that no two rows of a weight repeat each other. */
const poolValues = 4_194_301;
const spread = 0.02;

/** @returns bytes of weights written */
export async function writeRandomCheckpoint(input: RandomCheckpoint): Promise<number> {
  const { folder, sizes, shardBytes, onProgress } = input;
  await mkdir(folder, { recursive: true });
  const shapes = checkpointShapes(sizes);
  const shards = intoShards(shapes, shardBytes);
  const bytesTotal = shapes.reduce((sum, entry) => sum + bytesOf(entry), 0);
  const pool = noisePool();
  const weightMap: Record<string, string> = {};
  let bytesDone = 0;
  for (const [i, entries] of shards.entries()) {
    const file = `model-${numbered(i + 1)}-of-${numbered(shards.length)}.safetensors`;
    for (const { name } of entries) weightMap[name] = file;
    await writeShard(join(folder, file), entries, pool, (bytes) => {
      bytesDone += bytes;
      onProgress?.(bytesDone, bytesTotal);
    });
  }
  const json = (name: string, value: unknown) => writeFile(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  await json('model.safetensors.index.json', { metadata: { total_size: bytesTotal }, weight_map: weightMap });
  await json('config.json', configOf(sizes));
  await json('generation_config.json', { do_sample: false, eos_token_id: [sizes.language.vocab - 1] });
  for (const name of ['tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja'])
    if (await stat(join(input.tokenizerFolder, name)).catch(() => null))
      await copyFile(join(input.tokenizerFolder, name), join(folder, name));
  return bytesTotal;
}

/** The published config, with the vision tower's Hub name: its sizes are built into the importer. */
export function configOf({ language, vision, audio }: CheckpointSizes): Record<string, unknown> {
  return {
    architectures: ['Videollama2Qwen2ForCausalLM'],
    model_type: 'videollama2_qwen2',
    hidden_size: language.hidden,
    intermediate_size: language.intermediate,
    num_hidden_layers: language.layers,
    num_attention_heads: language.heads,
    num_key_value_heads: language.kvHeads,
    vocab_size: language.vocab,
    max_position_embeddings: 32_768,
    hidden_act: 'silu',
    rms_norm_eps: 1e-6,
    rope_theta: 1_000_000,
    tie_word_embeddings: false,
    use_sliding_window: false,
    bos_token_id: null,
    eos_token_id: null,
    mm_vision_tower: 'google/siglip-so400m-patch14-384',
    mm_vision_select_layer: -2,
    mm_vision_select_feature: 'patch',
    mm_projector_type: 'stc_connector_v35',
    mm_hidden_size: vision.width,
    num_frames: 16,
    mm_audio_tower: 'audio_tower.bin',
    mm_projector_a_type: 'mlp2x_gelu',
    mm_hidden_size_a: audio.width,
    torch_dtype: 'bfloat16',
  };
}

function intoShards(shapes: ShapeEntry[], shardBytes: number): ShapeEntry[][] {
  const shards: ShapeEntry[][] = [];
  let room = 0;
  for (const entry of shapes) {
    if (shards.length === 0 || bytesOf(entry) > room) {
      shards.push([]);
      room = shardBytes;
    }
    shards.at(-1)?.push(entry);
    room -= bytesOf(entry);
  }
  return shards;
}

async function writeShard(
  file: string,
  entries: ShapeEntry[],
  pool: Uint8Array,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let offset = 0;
  for (const entry of entries) {
    const end = offset + bytesOf(entry);
    header[entry.name] = { dtype: 'BF16', shape: entry.shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(Buffer.concat([length, text]));
    for (const entry of entries)
      for (const chunk of filled(entry.filling, bytesOf(entry), pool)) {
        await handle.writeFile(chunk);
        onBytes(chunk.length);
      }
  } finally {
    await handle.close();
  }
}

function* filled(filling: Filling, bytes: number, pool: Uint8Array): Generator<Uint8Array> {
  if (filling !== 'noise') {
    // 0x3f80 is one in bf16.
    const pattern = filling === 'ones' ? [0x80, 0x3f] : [0, 0];
    yield Buffer.alloc(bytes, Buffer.from(pattern));
    return;
  }
  let start = bf16Bytes * Math.floor(Math.random() * poolValues);
  for (let left = bytes; left > 0; ) {
    const chunk = pool.subarray(start, Math.min(pool.length, start + left));
    yield chunk;
    left -= chunk.length;
    start = 0;
  }
}

/** Sums of four uniform numbers: near enough to a normal distribution. */
function noisePool(): Uint8Array {
  const floats = Float32Array.from({ length: poolValues }, () => {
    const sum = Math.random() + Math.random() + Math.random() + Math.random() - 2;
    return sum * Math.sqrt(3) * spread;
  });
  const words = new Uint32Array(floats.buffer);
  const halves = Uint16Array.from(words, (word) => word >>> 16);
  return new Uint8Array(halves.buffer);
}

function bytesOf({ shape }: ShapeEntry): number {
  return shape.reduce((product, size) => product * size, bf16Bytes);
}

function numbered(value: number): string {
  return String(value).padStart(5, '0');
}

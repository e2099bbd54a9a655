/**
 * What a model takes in memory, network by network, before it is opened: weights, the cache of what is read at the
 * length that a look with its talk has, and the largest activations. From a catalogue's sizes or a bundle's.
 */
import type { CatalogueShapes } from '../../contract/catalogue.ts';
import type { ModelPartName } from '../../contract/parts.ts';

export interface PartNeeds {
  part: ModelPartName;
  /** Bytes of its weights as they are computed with. */
  weightBytes: number;
  /** Of keys and values; of the language model alone. */
  cacheBytes: number;
  /** Of its largest tensors while it runs. */
  activationBytes: number;
  /** Why it cannot run on a graphics adapter whatever its numbers are, in words; null where it can. */
  onlyOnCpu: string | null;
}

/**
 * On the CPU, ONNX Runtime packs weights anew while it opens a network. Measured: 9.83 GB at the peak for the
 * 2.1-7B-AV model's shapes in int4, whose weights, cache and largest activations are 6.7 GB (docs/performance.md).
 */
const PACKED_COPY = { cpu: 1.5, webgpu: 1 };

/** Positions for question, earlier talk and answer, beside the media tokens. */
const TEXT_POSITIONS = 1024;
/** Positions of a prompt that a run reads on a GPU (answering/model/rowsPerRun.ts). */
const ROWS = 1024;
const int8Cache =
  'its cache is kept in 8 bits, and what multiplies those runs on the processor alone; imported with a cache of floats it could run on the adapter';
const FLOAT = Float32Array.BYTES_PER_ELEMENT;

/** @param weightBytes of each network that the model has */
export function partNeeds(
  shapes: CatalogueShapes,
  weightBytes: Partial<Record<ModelPartName, number>>,
  kvCache: 'fp32' | 'int8' = 'fp32',
): PartNeeds[] {
  const activations = activationBytes(shapes);
  return Object.entries(weightBytes).map(([name, bytes]) => {
    const part = name as ModelPartName;
    return {
      part,
      weightBytes: bytes,
      cacheBytes: part === 'decoder' ? cacheBytes(shapes) / (kvCache === 'int8' ? 4 : 1) : 0,
      activationBytes: activations[part] ?? 0,
      onlyOnCpu: part === 'decoder' && kvCache === 'int8' ? int8Cache : null,
    };
  });
}

/** Networks in one memory: all of their weights and caches, and the activations of the one that takes most, since they take turns. */
export function memoryOf(parts: readonly PartNeeds[], where: keyof typeof PACKED_COPY): number {
  const sum = (bytes: (part: PartNeeds) => number) => parts.reduce((all, part) => all + bytes(part), 0);
  return (
    sum((part) => part.weightBytes) * PACKED_COPY[where] +
    sum((part) => part.cacheBytes) +
    Math.max(0, ...parts.map((part) => part.activationBytes))
  );
}

/** Keys and values in fp32. */
function cacheBytes({ language, ...others }: CatalogueShapes): number {
  if (!language) return 0;
  return 2 * language.layers * language.kvHeads * language.headDim * FLOAT * positionsOf(others);
}

function positionsOf({ connector, audio }: Pick<CatalogueShapes, 'connector' | 'audio'>): number {
  return (connector?.tokens ?? 0) + (audio?.tokens ?? 0) + TEXT_POSITIONS;
}

/** Attention scores and the inner layer in fp32, of all frames, a window of sound, a run of the prompt. */
function activationBytes(shapes: CatalogueShapes): Partial<Record<ModelPartName, number>> {
  const { language, vision, connector, audio, text } = shapes;
  const towerBytes = (rows: number, { heads, inner }: { heads: number; inner: number }) =>
    rows * (heads * rows + inner) * FLOAT;
  const frames = connector?.frames ?? 1;
  const seeing = vision ? frames * towerBytes(vision.patches, vision) : 0;
  const read = Math.min(ROWS, positionsOf(shapes));
  return {
    vision: seeing,
    image: seeing,
    connector: vision && language ? 2 * frames * vision.patches * language.width * FLOAT : 0,
    audio: audio ? towerBytes(audio.tokens, audio) : 0,
    audioProjector: audio && language ? 2 * audio.tokens * language.width * FLOAT : 0,
    decoder: language ? read * (language.heads * positionsOf(shapes) + language.inner) * FLOAT : 0,
    text: text ? towerBytes(64, text) : 0,
  };
}

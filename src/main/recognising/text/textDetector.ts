/** PP-OCRv4 text detection: where text stands in a picture. */
import { type OrtSession, openSession } from '../../answering/model/session.ts';
import type { RgbImage } from '../../ports/rgbImage.ts';
import { resizeImage } from '../resizeImage.ts';
import { findTextBoxes, type TextBox } from './findTextBoxes.ts';

const outputName = 'sigmoid_0.tmp_0';
/** The network halves its input five times. */
const stride = 32;
/** Small pictures grow by no more than this: beyond it they hold nothing new. */
const maxScale = 1.5;
/** PaddleOCR feeds blue, green, red, but takes the ImageNet means in their red, green, blue order. */
const mean = [0.485, 0.456, 0.406] as const;
const deviation = [0.229, 0.224, 0.225] as const;

export interface TextDetector {
  /** Boxes in pixels of `image`, from top to bottom. */
  detect(image: RgbImage): Promise<TextBox[]>;
  close(): Promise<void>;
}

/** @param edge the longest edge, in pixels, at which pictures are looked at: smaller is faster and misses small text. */
export async function openTextDetector(modelPath: string, edge: number, threads: number): Promise<TextDetector> {
  const session = await openSession(modelPath, { providers: ['cpu'], threads });
  return {
    detect: (image) => detect(session, image, edge),
    close: () => session.close(),
  };
}

async function detect(session: OrtSession, image: RgbImage, edge: number): Promise<TextBox[]> {
  const { width, height } = inputSize(image, edge);
  const input = toBlueGreenRedPlanes(resizeImage(image, width, height)); // (1, 3, height, width)
  const outputs = await session.run({ x: { data: input, dims: [1, 3, height, width] } }, [outputName]);
  const probabilities = outputs[outputName].data; // (1, 1, height, width)
  return findTextBoxes({ data: probabilities, width, height }, image.width, image.height);
}

/** Both sides become multiples of the stride, so the proportions change by a few per cent. */
function inputSize(image: RgbImage, edge: number): { width: number; height: number } {
  const scale = Math.min(maxScale, edge / Math.max(image.width, image.height));
  const toStride = (side: number) => Math.max(stride, Math.round((side * scale) / stride) * stride);
  return { width: toStride(image.width), height: toStride(image.height) };
}

function toBlueGreenRedPlanes({ data, width, height }: RgbImage): Float32Array {
  const pixels = width * height;
  const planes = new Float32Array(3 * pixels);
  for (let plane = 0; plane < 3; plane++) {
    const scale = 1 / (255 * (deviation[plane] as number));
    const shift = (mean[plane] as number) / (deviation[plane] as number);
    const channel = 2 - plane;
    for (let i = 0; i < pixels; i++) {
      planes[plane * pixels + i] = (data[i * 3 + channel] as number) * scale - shift;
    }
  }
  return planes;
}

/** On-screen text of single frames: find the lines, cut them out, read them, join what stands side by side. */
import { openTogether } from '../../answering/model/openTogether.ts';
import type { RgbImage } from '../../ports/rgbImage.ts';
import { brightnessGrid, showsTheSame } from '../frameChange.ts';
import type { TextModelFiles } from '../modelFiles.ts';
import { cropLine, readingDirections } from './cropLine.ts';
import type { Reading } from './ctcDecode.ts';
import type { TextBox } from './findTextBoxes.ts';
import { joinRows, type PlacedReading } from './joinRows.ts';
import { openTextDetector, type TextDetector } from './textDetector.ts';
import { openTextRecogniser, type TextRecogniser } from './textRecogniser.ts';

/** Of a page full of text, only the largest boxes are read: 30 ms each. */
const maxBoxes = 60;

export interface TextReader {
  /** The lines of one frame, from top to bottom. A frame that shows the same as the one before is not read again. */
  read(image: RgbImage): Promise<Reading[]>;
  release(): Promise<void>;
}

export interface TextReaderOptions {
  /** The longest edge, in pixels, at which text is looked for. */
  edge: number;
  threads: number;
}

export async function openTextReader(files: TextModelFiles, { edge, threads }: TextReaderOptions): Promise<TextReader> {
  const { detector, recogniser } = await openTogether({
    detector: () => openTextDetector(files.detection, edge, threads),
    recogniser: () => openTextRecogniser(files.recognition, files.dictionary, threads),
  });
  let last: { grid: Float32Array; readings: Reading[] } | null = null;
  return {
    async read(image) {
      const grid = brightnessGrid(image);
      if (last !== null && showsTheSame(grid, last.grid)) return last.readings;
      const readings = await readFrame(detector, recogniser, image);
      last = { grid, readings };
      return readings;
    },
    async release() {
      await Promise.all([detector.close(), recogniser.close()]);
    },
  };
}

async function readFrame(detector: TextDetector, recogniser: TextRecogniser, image: RgbImage): Promise<Reading[]> {
  const placed: PlacedReading[] = [];
  for (const { rect } of largest(await detector.detect(image))) {
    let best: Reading = { text: '', confidence: 0 };
    for (const direction of readingDirections(rect)) {
      const reading = await recogniser.read(cropLine(image, direction));
      if (reading.confidence > best.confidence) best = reading;
    }
    if (best.text.trim() !== '') placed.push({ ...best, rect });
  }
  return joinRows(placed);
}

function largest(boxes: readonly TextBox[]): TextBox[] {
  const area = ({ rect }: TextBox) => rect.width * rect.height;
  return [...boxes].sort((a, b) => area(b) - area(a)).slice(0, maxBoxes);
}

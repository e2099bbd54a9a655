/** PP-OCRv4 text recognition: what one line of text says. */
import { readFile } from 'node:fs/promises';
import { type OrtSession, openSession } from '../../answering/model/session.ts';
import type { RgbImage } from '../../ports/rgbImage.ts';
import { lineHeight } from './cropLine.ts';
import { ctcDecode, type Reading } from './ctcDecode.ts';

const outputName = 'softmax_11.tmp_0';
/** Lines are padded to a multiple of this, so that the network sees few different widths. */
const widthStep = 160;

export interface TextRecogniser {
  /** @param line a picture of 48 pixels height. */
  read(line: RgbImage): Promise<Reading>;
  close(): Promise<void>;
}

/** @param dictionaryPath one character a line, in the order of the model's classes. */
export async function openTextRecogniser(
  modelPath: string,
  dictionaryPath: string,
  threads: number,
): Promise<TextRecogniser> {
  const characters = classCharacters(await readFile(dictionaryPath, 'utf8'));
  const session = await openSession(modelPath, { providers: ['cpu'], threads });
  return {
    read: (line) => read(session, characters, line),
    close: () => session.close(),
  };
}

/** Class 0 is the CTC blank and the last class is the space; the dictionary lies between. */
function classCharacters(dictionary: string): string[] {
  return ['', ...dictionary.replace(/\n$/, '').split('\n'), ' '];
}

async function read(session: OrtSession, characters: readonly string[], line: RgbImage): Promise<Reading> {
  const width = Math.ceil(line.width / widthStep) * widthStep;
  const input = toPaddedPlanes(line, width); // (1, 3, 48, width)
  const outputs = await session.run({ x: { data: input, dims: [1, 3, lineHeight, width] } }, [outputName]);
  const { data, dims } = outputs[outputName]; // (1, steps, classes)
  return ctcDecode(data, dims[2] as number, characters);
}

/** Blue, green, red planes in [-1, 1]; the padding on the right is 0. */
function toPaddedPlanes({ data, width, height }: RgbImage, paddedWidth: number): Float32Array {
  const planes = new Float32Array(3 * height * paddedWidth);
  for (let plane = 0; plane < 3; plane++) {
    for (let y = 0; y < height; y++) {
      const row = (plane * height + y) * paddedWidth;
      for (let x = 0; x < width; x++) {
        planes[row + x] = (data[(y * width + x) * 3 + 2 - plane] as number) / 127.5 - 1;
      }
    }
  }
  return planes;
}

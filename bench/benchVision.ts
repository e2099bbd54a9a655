/** Seconds per frame of a vision tower when so many frames go through it in one run. */
import { join } from 'node:path';
import { type OrtSession, openSession } from '../src/main/answering/model/session.ts';
import { readBundleManifest } from '../src/main/models/bundleManifest.ts';
import { requireKind } from '../src/main/models/kinds/bundleKinds.ts';
import { secondsOf } from './repeat.ts';
import type { Row } from './report.ts';

const BATCHES = [1, 2, 4, 8, 16];
/** Each batch size gets as many frames to look at. */
const FRAMES = 16;

/** The batch sizes take turns, so that other work on the machine meets all of them. */
export async function benchVision(label: string, bundleFolder: string, runs: number): Promise<Row[]> {
  const manifest = requireKind(await readBundleManifest(bundleFolder), 'videollama2', bundleFolder);
  const session = await openSession(join(bundleFolder, manifest.graphs.vision.file), { providers: ['cpu'] });
  const { imageSize } = manifest.architecture.vision;
  const inputs = BATCHES.map((batch) => pixels(batch, imageSize));
  const least = new Map(BATCHES.map((batch) => [batch, Infinity]));
  for (let run = 0; run < runs; run++)
    for (const [i, batch] of BATCHES.entries()) {
      const seconds = await secondsOf(() => look(session, inputs[i] as Pixels, FRAMES / batch));
      least.set(batch, Math.min(least.get(batch) as number, seconds));
    }
  await session.close();
  return BATCHES.map((batch) => ({
    what: `${label} tower, ${batch} a run: per frame`,
    value: ((least.get(batch) as number) / FRAMES) * 1000,
    unit: 'ms',
  }));
}

interface Pixels {
  data: Float32Array;
  dims: number[];
}

function pixels(batch: number, imageSize: number): Pixels {
  const dims = [batch, 3, imageSize, imageSize];
  return { data: Float32Array.from({ length: 3 * batch * imageSize ** 2 }, (_, i) => Math.sin(i * 1.7)), dims };
}

async function look(session: OrtSession, pixel_values: Pixels, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await session.run({ pixel_values }, ['vision_features']);
}

/**
 * `node bench/detectThings.ts [picture or video]`: what the detector of things costs: the first start, which converts
 * its graph, a later one, and a look. Milliseconds of the clock and of the processor; the least of the runs.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openMedia } from '../src/main/media/openMedia.ts';
import { findThingModel } from '../src/main/recognising/modelFiles.ts';
import { openThingDetector } from '../src/main/recognising/things/thingDetector.ts';

const runs = 15;
const sample = fileURLToPath(new URL('../tests/fixtures/recognise/cat.jpg', import.meta.url));
const [path = sample] = process.argv.slice(2);

const graphFolder = await mkdtemp(join(tmpdir(), 'playhead-bench-graphs-'));
const open = () => openThingDetector(findThingModel(), { graphFolder, threads: 1 });
try {
  const media = await openMedia(path);
  const [picture] = await media.framesAt([0], { maxEdge: 1280 });
  if (!picture) throw new Error(`${path} has no picture.`);
  const first = await measure(open);
  print('first start', first);
  await first.result.release();
  const later = await measure(open);
  print('later start', later);
  const detector = later.result;
  const looks: Cost[] = [];
  for (let run = 0; run < runs; run++) looks.push(await measure(() => detector.detect(picture, false)));
  print('one look', {
    clock: Math.min(...looks.map(({ clock }) => clock)),
    processor: Math.min(...looks.map(({ processor }) => processor)),
  });
  console.log(`memory of the process: ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB`);
  await detector.release();
} finally {
  await rm(graphFolder, { recursive: true, force: true });
}

interface Cost {
  clock: number;
  processor: number;
}

async function measure<T>(work: () => Promise<T>): Promise<Cost & { result: T }> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, clock: performance.now() - start, processor: (user + system) / 1000 };
}

function print(what: string, { clock, processor }: Cost): void {
  console.log(`${what}: ${clock.toFixed(0)} ms, of the processor ${processor.toFixed(0)} ms`);
}

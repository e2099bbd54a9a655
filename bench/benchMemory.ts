/** Memory of the model's process after many questions about several clips, against after ten. */
import type { Clip } from '../src/main/ports/modelHostApi.ts';
import { ask, withHost } from './benchAsk.ts';
import type { Row } from './report.ts';

const CLIPS = 5;
const SETTLED = 5; // readings

export async function benchMemory(bundleFolder: string, clip: Clip, questions: number): Promise<Row[]> {
  return withHost({ bundleFolder, providers: ['cpu'] }, async (api) => {
    /** The middle one of the last few readings: between them the garbage collector comes and goes. */
    const askUpTo = async (from: number, to: number) => {
      const readings: number[] = [];
      for (let i = from; i < to; i++) {
        await ask(api, shifted(clip, i % CLIPS), `Question ${i}: what is happening?`);
        readings.push((await api.memory()).residentBytes);
      }
      return readings.slice(-SETTLED).toSorted((a, b) => a - b)[SETTLED >> 1] as number;
    };
    const early = await askUpTo(0, 10);
    const late = await askUpTo(10, questions);
    return [
      { what: 'memory after 10 questions', value: early / 1e6, unit: 'MB' },
      { what: `memory after ${questions} questions / after 10`, value: late / early, unit: '', target: '≤ 1.05' },
    ];
  });
}

/** The same file, a little later: another clip to the engine. */
function shifted(clip: Clip, by: number): Clip {
  const { startSec, endSec } = clip.segment;
  return { ...clip, segment: { startSec: startSec + by / 2, endSec: endSec + by / 2 } };
}

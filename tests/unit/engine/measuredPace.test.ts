import { expect, test } from 'vitest';
import type { StageTiming } from '../../../src/contract/index.ts';
import { paceInWords } from '../../../src/contract/index.ts';
import { LookSpeed } from '../../../src/main/engine/answering/lookSpeed.ts';
import { indexPace } from '../../../src/main/engine/indexPace.ts';
import { answererPace } from '../../../src/main/engine/modelPace.ts';
import type { AnswerOutput } from '../../../src/main/ports/modelHostApi.ts';

function needsWith(segments: number, footageSec: number) {
  const settings = new Map<string, string>();
  return {
    device: { choice: async () => 'cpu' as const },
    library: {
      getSetting: async (key: string) => settings.get(key) ?? null,
      setSetting: async (key: string, value: string) => void settings.set(key, value),
      measureSegments: async () => ({ files: 1, segments, footageSec }),
    },
  };
}
const looked = (timings: StageTiming[]) => ({ text: '', provenance: { timings } }) as unknown as AnswerOutput;
const model = { version: 'v1', longestLookSec: 30 };

test('a model is told nothing of before it was used, then by its looks, then by its descriptions', async () => {
  const needs = needsWith(10, 200); // segments of 20 s
  expect(await answererPace(needs, model)).toEqual({ firstWordSec: null, perHourSec: null });
  const speed = await LookSpeed.open(needs, model.version);
  speed.learn(
    looked([
      { stage: 'decode frames', seconds: 1 },
      { stage: 'prefill media', seconds: 2 },
      { stage: 'generate', seconds: 3 },
    ]),
  );
  await speed.keep();
  expect(await answererPace(needs, model)).toEqual({ firstWordSec: 3, perHourSec: 6 * 120 });
  const captions = await indexPace(needs, 'captions', model.version);
  captions.learn(1);
  await captions.keep();
  expect(await answererPace(needs, model)).toEqual({ firstWordSec: 3, perHourSec: 180 });
});

test('every use corrects it, the newest a little; a question about a remembered clip says nothing of it', async () => {
  const needs = needsWith(0, 0);
  const speed = await LookSpeed.open(needs, model.version);
  speed.learn(looked([{ stage: 'decode frames', seconds: 10 }]));
  speed.learn(looked([{ stage: 'decode frames', seconds: 20 }]));
  speed.learn(looked([{ stage: 'generate', seconds: 0.1 }]));
  expect(speed.seconds).toBeCloseTo(13);
});

test('it is told in plain words', () => {
  expect(paceInWords({ perHourSec: 240, firstWordSec: 3.2 })).toBe(
    'about 4 min per hour of video; answers start after 3 s',
  );
  expect(paceInWords({ perHourSec: null, firstWordSec: null })).toBe('');
});

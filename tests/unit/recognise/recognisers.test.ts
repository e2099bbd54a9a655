/** A recogniser is a row: what it needs is read for it, what it gives becomes knowledge. */
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { knowledgeKindNames } from '../../../src/contract/index.ts';
import type { RecogniseInput } from '../../../src/main/ports/recogniserHostApi.ts';
import { createRecogniser } from '../../../src/main/recognising/createRecogniser.ts';
import type { Recogniser } from '../../../src/main/recognising/recogniser.ts';
import { recognisers, recognisersFor } from '../../../src/main/recognising/recognisers.ts';

const bells: RecogniseInput = {
  path: fileURLToPath(new URL('../../../resources/samples/bells-and-beeps.mp4', import.meta.url)),
  kind: 'video',
  segment: { startSec: 0, endSec: 4 },
  hasAudio: true,
};

/** Listens for anything that is not silence: when it begins, and how loud it is at most. */
const loudness: Recogniser = {
  ...{ name: 'loud sounds', source: 'a meter', needs: 'sound', gives: 'caption' },
  ...{ lacking: 'nothing is heard', stage: 'listening' },
  open: async () => ({
    needs: 'sound',
    sampleRate: 8000,
    async listen(samples, { startSec, endSec }) {
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      const seconds = samples.length / 8000;
      return peak === 0 ? [] : [{ text: `a sound of ${seconds} s`, confidence: Math.min(1, peak), startSec, endSec }];
    },
    release() {},
  }),
};

/** Counts what the others found. */
const counter: Recogniser = {
  ...{ name: 'counts', source: 'a counter', needs: 'text', gives: 'caption' },
  ...{ lacking: 'nothing is counted', stage: 'counting' },
  open: async () => ({
    needs: 'text',
    read: async (found) => [{ text: `${found.length} found`, confidence: 1, startSec: 0, endSec: 1 }],
    release() {},
  }),
};

function open(...list: Recogniser[]) {
  const service = createRecogniser({ recognisers: list });
  onTestFinished(() => service.release());
  return service;
}

test('each of the list has a source of its own and gives a kind of knowledge that there is', () => {
  expect(new Set(recognisers.map(({ source }) => source)).size).toBe(recognisers.length);
  for (const { gives } of recognisers) expect(knowledgeKindNames).toContain(gives);
});

test('one that listens hears the sound of the segment, and says so as knowledge of its kind', async () => {
  const { found, timings } = await open(loudness).recognise(bells);
  expect(found).toEqual([
    {
      kind: 'caption',
      text: 'a sound of 4 s',
      source: 'a meter',
      confidence: expect.any(Number),
      startSec: 0,
      endSec: 4,
    },
  ]);
  expect(timings.map(({ stage }) => stage)).toEqual(['reading sound', 'listening']);
});

test('a file without sound is not listened to, and one without picture is not looked at', async () => {
  expect((await open(loudness).recognise({ ...bells, hasAudio: false })).found).toEqual([]);
  const watching = recognisers.filter(({ needs }) => needs === 'frames');
  expect(await open(...watching).recognise({ ...bells, kind: 'audio' })).toMatchObject({ found: [], timings: [] });
});

test('one that reads is given what the others found', async () => {
  const { found } = await open(loudness, counter).recognise(bells);
  expect(found.map(({ text }) => text)).toEqual(['a sound of 4 s', '1 found']);
});

test('only those are asked that have something to read: a sound file has no frames, a silent one no sound', () => {
  const names = (kind: 'video' | 'audio' | 'image', hasAudio: boolean, ...all: Recogniser[]) =>
    recognisersFor({ kind, hasAudio }, all).map(({ name }) => name);
  const frames = recognisers.find(({ needs }) => needs === 'frames') as Recogniser;
  expect(names('audio', true, frames, loudness, counter)).toEqual(['loud sounds', 'counts']);
  expect(names('image', false, frames, loudness)).toEqual([frames.name]);
  expect(names('audio', false, frames, loudness, counter)).toEqual([]);
});

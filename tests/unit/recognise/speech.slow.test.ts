/** When somebody speaks, in sound of every sort; the fixture begins to speak at once and ends at 6.6 s. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Segment } from '../../../src/contract/index.ts';
import { openMedia } from '../../../src/main/media/openMedia.ts';
import { createRecogniser } from '../../../src/main/recognising/createRecogniser.ts';
import { speechRecogniser } from '../../../src/main/recognising/speech/recogniseSpeech.ts';
import { ffmpeg } from '../../support/media.ts';
import { addIndexedFile, openTestLibrary } from '../library/libraryFixture.ts';

const speech = fileURLToPath(new URL('../../fixtures/recognise/speech.ogg', import.meta.url));
const shared = fileURLToPath(new URL('../../../../shared/media', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'playhead-speech-'));
const recogniser = createRecogniser({ recognisers: [speechRecogniser] });
afterAll(async () => {
  await recogniser.release();
  rmSync(folder, { recursive: true, force: true });
});

async function make(name: string, ...args: string[]): Promise<string> {
  await ffmpeg(...args, join(folder, name));
  return join(folder, name);
}

/** What is heard in a stretch of a file; left out, in all of it. */
async function heardIn(path: string, stretch?: Segment) {
  const { kind, hasAudio, durationSec } = (await openMedia(path)).facts;
  const segment = stretch ?? { startSec: 0, endSec: durationSec };
  return (await recogniser.recognise({ path, kind, segment, hasAudio })).found;
}

/** Within 0.3 s from the first to the last word, however many breaths were taken. */
async function expectAVoice(path: string, startSec: number, stretch?: Segment) {
  const heard = await heardIn(path, stretch);
  expect(new Set(heard.map(({ text }) => text))).toEqual(new Set(['a speaking voice']));
  expect(Math.abs((heard[0]?.startSec ?? 0) - startSec)).toBeLessThan(0.3);
  expect(Math.abs((heard.at(-1)?.endSec ?? 0) - startSec - 6.6)).toBeLessThan(0.3);
}

describe('a voice is heard from its first to its last word', () => {
  const whole = ['-i', speech];
  const kinds: Record<string, { args: string[]; name: string; atSec?: number }> = {
    'as it was recorded': { args: whole, name: 'plain.flac' },
    'at 8 kHz': { args: [...whole, '-ar', '8000'], name: 'telephone.wav' },
    'at 192 kHz': { args: [...whole, '-ar', '192000', '-sample_fmt', 's32'], name: 'studio.flac' },
    'in the centre of eight channels': {
      args: [...whole, '-af', 'pan=7.1|FC=c0', '-c:a', 'pcm_s16le'],
      name: 'surround.wav',
    },
    'whose track begins three seconds late': {
      args: ['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=5:d=10', '-itsoffset', '3', ...whole, '-c:a', 'aac'],
      name: 'late.mp4',
      atSec: 3,
    },
    quietly: { args: [...whole, '-af', 'volume=-30dB'], name: 'quiet.flac' },
  };
  it.each(Object.entries(kinds))('%s', async (_, { args, name, atSec = 0 }) => {
    await expectAVoice(await make(name, ...args), atSec);
  });

  it('after two hours of silence', async () => {
    const file = await make('night.flac', '-i', speech, '-af', 'adelay=7200s:all=1', '-ar', '8000');
    expect(await heardIn(file, { startSec: 7170, endSec: 7199 })).toEqual([]);
    await expectAVoice(file, 7200, { startSec: 7190, endSec: 7206.6 });
  });
});

it('a voice in loud noise is told as likely', async () => {
  const noise = ['-f', 'lavfi', '-i', 'anoisesrc=d=7:c=pink:a=0.3:seed=1'];
  const mix = '[0]volume=0.3[voice];[voice][1]amix=inputs=2:duration=first:normalize=0';
  const heard = await heardIn(await make('storm.flac', '-i', speech, ...noise, '-filter_complex', mix));
  expect(new Set(heard.map(({ text }) => text))).toEqual(new Set(['speech likely']));
});

describe('what is no voice is not heard as one', () => {
  it.each([
    ['white noise', 'anoisesrc=d=8:c=white:a=0.3:seed=1'],
    ['rushing water', 'anoisesrc=d=8:c=brown:a=0.5:seed=1'],
    ['a tone', 'sine=440:d=8'],
    ['a siren', "aevalsrc='0.3*sin(2*PI*600*t+40*sin(2*PI*t))':d=8"],
    ['beats', "aevalsrc='0.5*sin(2*PI*110*t)*exp(-8*mod(t,0.5))':d=8"],
    ['a muted track', 'anullsrc=d=8'],
  ])('%s', async (name, source) => {
    expect(await heardIn(await make(`${name}.flac`, '-f', 'lavfi', '-i', source))).toEqual([]);
  });

  it('the bells, beeps and knocks of the samples', async () => {
    const samples = fileURLToPath(new URL('../../../resources/samples/', import.meta.url));
    for (const name of readdirSync(samples).filter((file) => file.endsWith('.mp4')))
      expect(await heardIn(join(samples, name)), name).toEqual([]);
  });
});

it.skipIf(!existsSync(shared))(
  '“someone speaks” finds the real files in which somebody does, and no others',
  async () => {
    const library = openTestLibrary();
    for (const name of readdirSync(shared)) {
      const heard = await heardIn(join(shared, name));
      await addIndexedFile(library, join('/v', name.replace('speech', 'words')), [heard]);
    }
    const found = async (text: string) =>
      [...new Set((await library.search({ text, limit: 40 })).hits.map(({ fileName }) => fileName))].sort();
    expect(await found('someone speaks')).toEqual(['pancake.mkv', 'short-words.flac']);
    expect(await found('speech')).toEqual(['pancake.mkv', 'rain-at-the-bar.wav', 'short-words.flac']);
  },
);

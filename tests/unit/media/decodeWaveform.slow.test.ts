import path from 'node:path';
import { expect, it } from 'vitest';
import { describeWithEachTool, make, temporaryFolder } from './makeMedia.ts';
import { soundOf } from './openedMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const largest = (samples: Float32Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describeWithEachTool('decodeWaveform', () => {
  it('gives 16 kHz samples to the bit when nothing needs to be converted', async () => {
    await make(`-f lavfi -i aevalsrc='0.5*sin(440*2*PI*t)':s=16000:d=1 -c:a pcm_f32le ${at('plain.wav')}`);
    const samples = await soundOf(at('plain.wav'), { channel: 'first' });
    expect(samples).toHaveLength(16_000);
    for (const i of [0, 1, 777, 15_999])
      expect(samples[i]).toBeCloseTo(0.5 * Math.sin((440 * 2 * Math.PI * i) / 16_000), 5);
  });

  it('takes the first channel, or the mean of all', async () => {
    await make(`-f lavfi -i aevalsrc='0.5|-0.25':s=16000:d=0.5 -c:a pcm_f32le ${at('stereo.wav')}`);
    expect((await soundOf(at('stereo.wav'), { channel: 'first' }))[4000]).toBeCloseTo(0.5, 3);
    expect((await soundOf(at('stereo.wav'), { channel: 'mix' }))[4000]).toBeCloseTo(0.125, 3);
    await make(`-f lavfi -i aevalsrc='0.6|0|0|0|0|0':s=16000:d=0.5:c=5.1 -c:a pcm_f32le ${at('surround.wav')}`);
    expect((await soundOf(at('surround.wav'), { channel: 'mix' }))[4000]).toBeCloseTo(0.1, 3);
  });

  it('resamples, and cuts the stretch that was asked for', async () => {
    await make(
      `-f lavfi -i aevalsrc='if(between(t\\,2\\,3)\\,0.5*sin(440*2*PI*t)\\,0)':s=44100:d=5 -c:a aac ${at('burst.m4a')}`,
    );
    const loud = await soundOf(at('burst.m4a'), { channel: 'mix', segment: { startSec: 2, endSec: 3 } });
    expect(Math.abs(loud.length - 16_000)).toBeLessThan(400);
    expect(largest(loud)).toBeGreaterThan(0.4);
    const quiet = await soundOf(at('burst.m4a'), { channel: 'mix', segment: { startSec: 0.2, endSec: 1.8 } });
    expect(largest(quiet)).toBeLessThan(0.01);
  });

  it('gives nothing behind the end', async () => {
    await make(`-f lavfi -i sine=d=1 ${at('short.wav')}`);
    expect(await soundOf(at('short.wav'), { channel: 'mix', segment: { startSec: 10, endSec: 12 } })).toHaveLength(0);
  });

  it('fills the time before a track that begins late with silence', async () => {
    await make(
      `-f lavfi -i testsrc2=s=32x32:r=25:d=3 -itsoffset 1 -f lavfi -i sine=d=2 -c:v libx264 -c:a aac ${at('late.mp4')}`,
    );
    const samples = await soundOf(at('late.mp4'), { channel: 'mix' });
    expect(samples.length / 16_000).toBeCloseTo(3, 1);
    expect(largest(samples.subarray(0, 15_000))).toBeLessThan(0.001);
    expect(largest(samples.subarray(20_000))).toBeGreaterThan(0.05);
  });
});

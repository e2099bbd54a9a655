import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectScenes } from '../../../src/main/media/detectScenes.ts';
import { openSource } from '../../../src/main/media/openSource.ts';
import { LONGEST_SEGMENT, SHORTEST_SEGMENT, segmentsFromCuts } from '../../../src/main/media/planSegments.ts';
import { createSceneCutter, LOOKS_PER_SEC } from '../../../src/main/media/sceneCutter.ts';
import { make, temporaryFolder } from './makeMedia.ts';
import { scenesOf } from './openedMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const scene = (colour: string, seconds: number) => `-f lavfi -i color=${colour}:s=320x180:r=25:d=${seconds}`;

async function cutsOf(file: string): Promise<number[]> {
  return (await detectScenes(await openSource(file))).cuts;
}

describe('detectScenes', () => {
  it('finds the cuts between plain backgrounds, also between ones that look alike', async () => {
    const joined = '-filter_complex [0][1][2]concat=n=3 -c:v libx264';
    await make(`${scene('0x305070', 2)} ${scene('0x406080', 3)} ${scene('0xf0e0c0', 2)} ${joined} ${at('cuts.mp4')}`);
    const cuts = await cutsOf(at('cuts.mp4'));
    expect(cuts).toHaveLength(2);
    expect(cuts[0]).toBeCloseTo(2, 1);
    expect(cuts[1]).toBeCloseTo(5, 1);
  });

  it('invents none for a shape that moves, or one that blinks', async () => {
    const box = (options: string) => `-vf drawbox=${options}:w=110:h=110:c=white:t=fill -c:v libx264`;
    await make(
      `${scene('0x203040', 4)} -vf split[a][b];[b]crop=110:110,negate[c];[a][c]overlay=x=t*50:y=30 -c:v libx264 ${at('moves.mp4')}`,
    );
    await make(`${scene('0x203040', 4)} ${box("x=100:y=30:enable='lt(mod(t\\,1)\\,0.5)'")} ${at('blinks.mp4')}`);
    expect(await cutsOf(at('moves.mp4'))).toEqual([]);
    expect(await cutsOf(at('blinks.mp4'))).toEqual([]);
  });

  it('invents none for a camera that pans', async () => {
    await make(`-f lavfi -i testsrc2=s=1280x180:r=25:d=4 -vf crop=320:180:x=t*200:y=0 -c:v libx264 ${at('pan.mp4')}`);
    expect(await cutsOf(at('pan.mp4'))).toEqual([]);
  });

  it('finds the scenes of the sample clips, and no others', async () => {
    const samples = new URL('../../../resources/samples/', import.meta.url);
    const list = new URL('samples.json', samples);
    if (!existsSync(list)) return;
    interface Sample {
      file: string;
      scenes: { startSec: number }[];
    }
    const { clips } = JSON.parse(readFileSync(list, 'utf8')) as { clips: Sample[] };
    for (const clip of clips) {
      const cuts = await cutsOf(new URL(clip.file, samples).pathname);
      const expected = clip.scenes.slice(1).map((part) => part.startSec);
      expect(cuts.length, clip.file).toBe(expected.length);
      for (const [i, cut] of cuts.entries()) expect(cut).toBeCloseTo(expected[i] as number, 1);
    }
  });
});

describe('the scene cutter', () => {
  const plain = (value: number) => new Uint8Array(48).fill(value);

  /** Looks' numbers at which scenes begin. */
  function cutsIn(frames: readonly { timeSec: number; data: Uint8Array }[]): number[] {
    const cuts: number[] = [];
    const cutter = createSceneCutter((timeSec) => cuts.push(timeSec));
    for (const frame of frames) cutter.push(frame);
    cutter.end();
    return cuts;
  }
  const atLooks = (frames: Uint8Array[]) => frames.map((data, i) => ({ timeSec: i / LOOKS_PER_SEC, data }));

  it('passes over a flash, and finds a cut that follows it', () => {
    const frames = [10, 10, 10, 200, 10, 10, 10, 10, 10, 90, 90, 90, 90].map(plain);
    expect(cutsIn(atLooks(frames))).toEqual([9 / LOOKS_PER_SEC]);
  });

  it('passes over a slow fade', () => {
    expect(cutsIn(atLooks(Array.from({ length: 40 }, (_, i) => plain(i * 6))))).toEqual([]);
  });

  it('names the first frame of a scene, between two looks as well', () => {
    const frames = Array.from({ length: 100 }, (_, i) => ({ timeSec: i / 50, data: plain(i < 33 ? 10 : 200) }));
    expect(cutsIn(frames)).toEqual([33 / 50]);
  });

  it('takes a picture that stands for a day for one look after another', () => {
    const frames = [0, 40, 86_400, 86_410].map((timeSec, i) => ({ timeSec, data: plain(i < 2 ? 10 : 200) }));
    expect(cutsIn(frames)).toEqual([86_400]);
  });
});

describe('segmentsFromCuts', () => {
  it('covers the whole duration without holes, none too long, none too short', () => {
    const anyCuts = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.double({ min: 0.04, max: 5000, noNaN: true }), anyCuts, (duration, shares) => {
        const cuts = shares.map((share) => share * duration).sort((a, b) => a - b);
        const segments = segmentsFromCuts(duration, cuts);
        expect(segments[0]?.startSec).toBe(0);
        expect(segments.at(-1)?.endSec).toBe(duration);
        for (const [i, { startSec, endSec }] of segments.entries()) {
          if (i > 0) expect(startSec).toBe(segments[i - 1]?.endSec);
          expect(endSec - startSec).toBeLessThanOrEqual(LONGEST_SEGMENT + 1e-6);
          expect(endSec - startSec).toBeGreaterThanOrEqual(Math.min(SHORTEST_SEGMENT, duration) - 1e-9);
        }
      }),
    );
  });
});

describe('planSegments', () => {
  it('gives a picture one segment', async () => {
    await make(`-f lavfi -i testsrc2=s=64x48 -frames:v 1 ${at('still.png')}`);
    expect((await scenesOf(at('still.png'))).segments).toEqual([{ startSec: 0, endSec: 1 }]);
  });

  it('cuts long sound in a quiet place near the even cut', async () => {
    await make(
      `-f lavfi -i aevalsrc=if(between(t\\,19.5\\,20)\\,0\\,0.5*sin(440*2*PI*t)):s=16000:d=40 ${at('pause.wav')}`,
    );
    const { segments } = await scenesOf(at('pause.wav'));
    expect(segments).toHaveLength(2);
    expect(segments[0]?.endSec).toBeGreaterThan(19.4);
    expect(segments[0]?.endSec).toBeLessThan(20.1);
    expect(segments[1]?.endSec).toBeCloseTo(40, 1);
  });
});

/** The search for scenes gives way to shorter work, and goes on where it was. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectScenes, type SceneProgress } from '../../../src/main/media/detectScenes.ts';
import { openSource } from '../../../src/main/media/openSource.ts';
import { make, temporaryFolder } from './makeMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const scene = (colour: string, seconds: number) => `-f lavfi -i color=${colour}:s=320x180:r=25:d=${seconds}`;

describe('a search for scenes that is broken off', () => {
  /** Fifteen plain scenes of uneven lengths, with a flash and a moving box; a key frame only every ten seconds. */
  async function makeFilm(name: string): Promise<string> {
    const lengths = [3, 1.6, 4.4, 2, 7, 1.2, 3.6, 2.4, 5, 1.8, 2.2, 6, 1.4, 3, 4];
    const colours = lengths.map(
      (_, i) => `0x${(((i * 0x5a3f1d + 0x203040) % 0xffffff) >>> 0).toString(16).padStart(6, '0')}`,
    );
    const inputs = lengths.map((seconds, i) => scene(colours[i] as string, seconds)).join(' ');
    const joined = `-filter_complex ${lengths.map((_, i) => `[${i}]`).join('')}concat=n=${lengths.length},drawbox=x=100:y=30:w=60:h=60:c=white:t=fill:enable='lt(mod(t\\,1)\\,0.5)'`;
    await make(`${inputs} ${joined} -c:v libx264 -g 250 -sc_threshold 0 ${at(name)}`);
    return at(name);
  }

  class GivesWay extends Error {}

  /** Breaks the search off at every `nth` report until it is through; each goes on from what was told last. */
  async function searchInPieces(file: string, nth: number) {
    const source = await openSource(file);
    let begun: SceneProgress | undefined;
    for (let pieces = 1; ; pieces++) {
      let reports = 0;
      const onProgress = async (progress: SceneProgress) => {
        const hasGotOn = progress.doneSec > (begun?.doneSec ?? -1);
        if (!hasGotOn || progress.isComplete || ++reports < nth) return;
        begun = JSON.parse(JSON.stringify(progress));
        throw new GivesWay();
      };
      try {
        return { pieces, found: await detectScenes(source, { begun, onProgress, reportEveryMs: 0 }) };
      } catch (thrown) {
        if (!(thrown instanceof GivesWay)) throw thrown;
      }
    }
  }

  it.each(['pieces.mp4', 'pieces.mkv', 'pieces.ts', 'pieces.h264'])(
    'finds the same cuts in pieces as in one go (%s)',
    async (name) => {
      const file = await makeFilm(name);
      const whole = await detectScenes(await openSource(file));
      expect(whole.cuts.length).toBeGreaterThan(10);
      const { pieces, found } = await searchInPieces(file, 20);
      expect(pieces).toBeGreaterThan(2);
      expect(found).toEqual(whole);
    },
  );

  it('finds the same damage in pieces as in one go', async () => {
    const file = await makeFilm('damaged.mp4');
    const bytes = readFileSync(file);
    for (const share of [0.3, 0.5, 0.7])
      bytes.fill(0xa5, Math.floor(bytes.length * share), Math.floor(bytes.length * share) + 300);
    writeFileSync(file, bytes);
    const whole = await detectScenes(await openSource(file));
    const { pieces, found } = await searchInPieces(file, 20);
    expect(pieces).toBeGreaterThan(2);
    expect(found.cuts).toEqual(whole.cuts);
  });

  it('is through at once when it goes on from its end', async () => {
    const source = await openSource(await makeFilm('through.mp4'));
    let last: SceneProgress | undefined;
    const whole = await detectScenes(source, {
      onProgress: async (progress) => {
        last = progress;
      },
    });
    const onProgress = () => Promise.reject(new Error('nothing is left to be found'));
    expect(await detectScenes(source, { begun: last, onProgress, reportEveryMs: 0 })).toEqual(whole);
  });
});

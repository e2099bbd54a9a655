import { existsSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawLoudness } from '../../../src/main/media/drawLoudness.ts';
import { make, temporaryFolder } from './makeMedia.ts';
import { factsOf, sampledFrames, scenesOf, thumbnailsOf } from './openedMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);

/** The middle pixel of a picture. */
async function middleOf(file: string): Promise<number[]> {
  const { frames } = await sampledFrames(file, { numFrames: 1 });
  const { width, height, data } = frames[0] as { width: number; height: number; data: Uint8Array };
  const middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 3;
  return [...data.subarray(middle, middle + 3)];
}

describe('writeThumbnail', () => {
  it('shows the video near the time that was asked for', async () => {
    const joined = '-filter_complex [0][1]concat=n=2 -c:v libx264 -g 25';
    await make(
      `-f lavfi -i color=red:s=640x360:r=25:d=3 -f lavfi -i color=blue:s=640x360:r=25:d=3 ${joined} ${at('two.mp4')}`,
    );
    await thumbnailsOf(at('two.mp4'), [{ segment: { startSec: 0, endSec: 3 }, outFile: at('thumbs/a.jpg') }]);
    await thumbnailsOf(at('two.mp4'), [{ segment: { startSec: 3, endSec: 6 }, outFile: at('thumbs/b%d.jpg') }]);
    expect(await factsOf(at('thumbs/a.jpg'))).toMatchObject({ kind: 'image', width: 320, height: 180 });
    expect((await middleOf(at('thumbs/a.jpg')))[0]).toBeGreaterThan(200);
    expect((await middleOf(at('thumbs/b%d.jpg')))[2]).toBeGreaterThan(200);
    expect(statSync(at('thumbs/a.jpg')).size).toBeLessThan(20_000);
    expect(readdirSync(at('thumbs')).sort()).toEqual(['a.jpg', 'b%d.jpg']);
  });

  it.each(['gop10s.mp4', 'gop5s-2s-scenes.mp4'])(
    'shows its own stretch, wherever the key frames lie (%s)',
    async (name) => {
      const film = path.join(import.meta.dirname, '..', '..', 'fixtures', 'media', name);
      const { segments } = await scenesOf(film);
      const wishes = segments.map((segment, i) => ({ segment, outFile: at(`${name}-${i}.jpg`) }));
      expect(await thumbnailsOf(film, wishes)).toEqual([true, true, true]);
      const strongest = async (file: string) => {
        const { frames } = await sampledFrames(file, { numFrames: 1 });
        const corner = [...(frames[0]?.data.subarray(0, 3) ?? [])]; // the letters stand in the middle
        return ['red', 'green', 'blue'][corner.indexOf(Math.max(...corner))];
      };
      const colours = [];
      for (const { outFile } of wishes) colours.push(await strongest(outFile));
      expect(colours).toEqual(['red', 'green', 'blue']);
    },
  );

  it('squares the pixels of anamorphic video, and keeps upright ones upright', async () => {
    await make(`-f lavfi -i testsrc2=s=720x576:r=25:d=1 -vf setsar=64/45 -c:v libx264 ${at('wide.mp4')}`);
    await thumbnailsOf(at('wide.mp4'), [{ outFile: at('wide.jpg') }]);
    expect(await factsOf(at('wide.jpg'))).toMatchObject({ width: 320, height: 180 });
    await make(`-f lavfi -i testsrc2=s=360x640:r=25:d=1 -c:v libx264 ${at('tall.mp4')}`);
    await thumbnailsOf(at('tall.mp4'), [{ outFile: at('tall.jpg') }]);
    expect(await factsOf(at('tall.jpg'))).toMatchObject({ width: 180, height: 320 });
  });

  it('makes one of a picture and one of sound', async () => {
    await make(`-f lavfi -i testsrc2=s=1000x500 -frames:v 1 ${at('picture.png')}`);
    await thumbnailsOf(at('picture.png'), [{ outFile: at('picture.jpg') }]);
    expect(await factsOf(at('picture.jpg'))).toMatchObject({ width: 320, height: 160 });
    await make(`-f lavfi -i sine=d=3 ${at('tone.mp3')}`);
    await thumbnailsOf(at('tone.mp3'), [{ outFile: at('tone.jpg') }]);
    expect(await factsOf(at('tone.jpg'))).toMatchObject({ kind: 'image', width: 320, height: 180 });
  });

  it('leaves nothing behind when it fails', async () => {
    await expect(thumbnailsOf(at('gone.mp4'), [{ outFile: at('none/gone.jpg') }])).rejects.toMatchObject({
      code: 'file-not-found',
    });
    expect(existsSync(at('none/gone.jpg'))).toBe(false);
  });

  it.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
    const { writeWhole } = await import('../../../src/main/media/writeThumbnail.ts');
    symlinkSync('/dev/full', at('full.part'));
    await expect(writeWhole(at('full'), new Uint8Array(10), at('full.part'))).rejects.toMatchObject({
      code: 'disk-full',
    });
  });
});

describe('drawLoudness', () => {
  it('draws loud parts higher than quiet ones, and silence as a line of dots', () => {
    const energies = Float32Array.from({ length: 8000 }, (_, i) => (i < 4000 ? 0 : 0.3));
    const { data, width, height } = drawLoudness(energies, 320, 180);
    const background = [...data.subarray(0, 3)];
    const drawnRows = (x: number) => {
      let rows = 0;
      for (let y = 0; y < height; y++) if (data[(y * width + x) * 3] !== background[0]) rows++;
      return rows;
    };
    const tallest = (from: number, to: number) =>
      Math.max(...Array.from({ length: to - from }, (_, i) => drawnRows(from + i)));
    expect(tallest(10, 150)).toBeLessThan(8);
    expect(tallest(170, 310)).toBeGreaterThan(100);
  });
});

/** A film of JPEG pictures, one behind the other, begins as a picture does. */
import { renameSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { describeWithEachTool, make, temporaryFolder } from './makeMedia.ts';
import { factsOf, framesAt } from './openedMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);

describeWithEachTool('JPEG pictures one behind the other', () => {
  it('are a film where the name says so: with its length, and each moment its own picture', async () => {
    const film = at('Yard camera.MJPEG');
    const halves = 'color=red:size=64x48:rate=25:duration=1[a];color=blue:size=64x48:rate=25:duration=1[b]';
    await make(`-filter_complex ${halves};[a][b]concat=n=2 -q:v 2 -f mjpeg ${at('film')}`);
    renameSync(at('film'), film);
    expect(await factsOf(film)).toMatchObject({ kind: 'video', videoCodec: 'mjpeg', durationSec: 2, frameCount: 50 });
    const [first, last] = await framesAt(film, [0.5, 1.5], { maxEdge: 64 });
    expect((first?.data[0] ?? 0) > 200 && (first?.data[2] ?? 255) < 50).toBe(true);
    expect((last?.data[2] ?? 0) > 200 && (last?.data[0] ?? 255) < 50).toBe(true);
  });

  it('a single one under such a name is a picture', async () => {
    await make(`-f lavfi -i testsrc=size=64x48 -frames:v 1 -f mjpeg ${at('one.mjpg')}`);
    expect(await factsOf(at('one.mjpg'))).toMatchObject({ kind: 'image', width: 64, height: 48 });
  });
});

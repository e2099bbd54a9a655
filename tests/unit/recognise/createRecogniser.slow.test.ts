import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { cancelled } from '../../../src/contract/index.ts';
import type { RecogniseInput } from '../../../src/main/ports/recogniserHostApi.ts';
import { createRecogniser } from '../../../src/main/recognising/createRecogniser.ts';
import { byKind } from './byKind.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/recognise/${name}`, import.meta.url));

const picture = (name: string): RecogniseInput => ({
  path: fixture(name),
  kind: 'image',
  segment: { startSec: 0, endSec: 1 },
  hasAudio: false,
});
const clip: RecogniseInput = {
  path: fixture('cat-then-title.mp4'),
  kind: 'video',
  segment: { startSec: 0, endSec: 8 },
  hasAudio: false,
  frames: 8,
};

describe('the recognisers', () => {
  const recogniser = createRecogniser();
  afterAll(() => recogniser.release());

  it('read every line of a title card, the tilted one too', async () => {
    const { screenText, notices } = byKind(await recogniser.recognise(picture('title.png')));
    expect(screenText.map(({ text }) => text)).toEqual([
      'Harbour Lights 1987',
      'tilted by eight degrees',
      'Directed by M. Okafor',
    ]);
    for (const { confidence, source } of screenText) {
      expect(confidence).toBeGreaterThan(0.9);
      expect(source).toBe('PP-OCRv4');
    }
    expect(notices).toEqual([]);
  });

  it('see a cat in a photograph of a cat, and nothing else', async () => {
    const { things, screenText } = byKind(await recogniser.recognise(picture('cat.jpg')));
    expect(things).toMatchObject([{ text: 'cat', source: 'CenterNet (COCO)', startSec: 0, endSec: 1 }]);
    expect(screenText).toEqual([]);
  });

  it('say when in a clip the cat and the title are on the screen', async () => {
    const { things, screenText, timings } = byKind(await recogniser.recognise(clip));
    expect(things).toMatchObject([{ text: 'cat', startSec: 0.5, endSec: 3 }]);
    expect(screenText).toMatchObject([{ text: 'Bakery on Elm Street', startSec: 4.5, endSec: 6 }]);
    expect(timings.map(({ stage }) => stage)).toEqual([
      'reading frames',
      'reading on-screen text',
      'looking for things',
    ]);
  });

  it('find nothing on a plain ground', async () => {
    const ground = { ...clip, segment: { startSec: 6.5, endSec: 8 }, frames: 2 };
    const { things, screenText } = byKind(await recogniser.recognise(ground));
    expect({ things, screenText }).toEqual({ things: [], screenText: [] });
  });

  it('see no things in drawn shapes, which the detector alone takes for an airplane', async () => {
    const { things } = byKind(await recogniser.recognise(picture('star.png')));
    expect(things).toEqual([]);
  });

  it('stop at a cancelled request and serve the next one', async () => {
    const controller = new AbortController();
    const stopped = recogniser.recognise(clip, { signal: controller.signal });
    const waiting = recogniser.recognise(picture('title.png'));
    controller.abort(cancelled());
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    await expect(waiting).resolves.toMatchObject({ notices: [] });
  });

  it('tell which file cannot be read', async () => {
    const missing = recogniser.recognise({ ...clip, path: fixture('no-such-clip.mp4') });
    await expect(missing).rejects.toMatchObject({ code: 'file-not-found', file: fixture('no-such-clip.mp4') });
  });
});

describe('a recogniser without its weights', () => {
  it('is named in the notices, with what to do, and the other one goes on', async () => {
    const recogniser = createRecogniser({ folders: { 'PP-OCRv4': tmpdir() } });
    const { things, screenText, notices } = byKind(await recogniser.recognise(picture('cat.jpg')));
    await recogniser.release();
    expect(things.map(({ text }) => text)).toEqual(['cat']);
    expect(screenText).toEqual([]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/on-screen text is not read: .*not installed.*npm install/);
  });

  it('without both, an empty output says so twice', async () => {
    const recogniser = createRecogniser({ folders: { 'PP-OCRv4': tmpdir(), 'CenterNet (COCO)': tmpdir() } });
    const output = await recogniser.recognise(picture('title.png'));
    expect(output.found).toEqual([]);
    expect(output.notices).toHaveLength(2);
  });
});

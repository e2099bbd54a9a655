/**
 * npm run test:media: searches over real footage that is not part of this repository, where the folder
 * `../shared/media` (or PLAYHEAD_SHARED_MEDIA) has it: for each question the files that must be found, those that may
 * be, and no other. The lists were made by looking and listening. Minutes: everything is indexed first.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../src/main/engine/createEngine.ts';
import { forkHost } from '../../src/main/shells/shared/forkHost.ts';

const repository = join(import.meta.dirname, '..', '..');
const media = process.env.PLAYHEAD_SHARED_MEDIA ?? join(repository, '..', 'shared', 'media');
const isThere = existsSync(media);
if (!isThere) console.warn(`Skipped: there is no folder ${media}.`);

const duet = 'ukulele-duet.mp4';

interface RealSearch {
  text: string;
  must: string[];
  may?: string[];
}

const searches: readonly RealSearch[] = [
  { text: 'someone speaks', must: ['pancake.mkv', 'short-speech.flac'] },
  { text: 'talking', must: ['pancake.mkv', 'short-speech.flac'], may: ['rain-at-the-bar.wav'] },
  { text: 'two people', must: [duet] },
  { text: 'brand of strings', must: [duet] },
  { text: 'strings', must: [duet] },
  { text: 'person', must: [duet, 'pancake.mkv', 'tennis-no-sound.mp4'], may: ['living-room.mp4', 'peppers.mp4'] },
  { text: 'people', must: [duet, 'pancake.mkv', 'tennis-no-sound.mp4'], may: ['living-room.mp4', 'peppers.mp4'] },
  { text: 'tv', must: ['living-room.mp4'] },
  { text: 'television', must: ['living-room.mp4'] },
  { text: 'plant', must: ['living-room.mp4'], may: ['peppers.mp4'] },
  { text: 'keep it away from kids', must: ['living-room.mp4'] },
  { text: 'away from children', must: ['living-room.mp4'] },
  { text: 'children', must: ['living-room.mp4'] },
  { text: 'musical instrument', must: [duet] },
  { text: 'tenor ukulele strings', must: [duet] },
  { text: 'peppers', must: ['peppers.mp4'] },
  { text: 'vegetable', must: [], may: ['peppers.mp4'] },
  { text: 'tennis', must: ['tennis-no-sound.mp4'] },
  { text: 'rain', must: ['rain-at-the-bar.wav'] },
  { text: 'pancake', must: ['pancake.mkv'] },
  // Told as what has some of the words.
  { text: 'three people', must: [], may: [duet, 'pancake.mkv', 'tennis-no-sound.mp4'] },
  ...['xylophone', 'submarine', 'snow', 'elephant', 'a dog on the beach', 'guitar solo', 'wedding'].map((text) => ({
    text,
    must: [],
  })),
  ...['the periodic table of elements', 'a volcano erupts', 'penguins in antarctica', 'brushing your teeth'].map(
    (text) => ({ text, must: [] }),
  ),
];

describe.skipIf(!isThere)('real footage', () => {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-media-'));
  let engine: Engine;

  beforeAll(async () => {
    engine = await createEngine({
      version: 'test',
      libraryFolder: folder,
      resourcesFolder: join(repository, 'resources'),
      spawnHost: forkHost,
    });
    await engine.api.addToLibrary({ paths: [media] });
    await engine.whenIdle();
  });
  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(searches)('“$text” finds $must', async ({ text, must, may = [] }) => {
    const { hits } = await engine.api.search({ text });
    const found = [...new Set(hits.map(({ fileName }) => fileName))];
    expect(found).toEqual(expect.arrayContaining(must));
    expect([...must, ...may], JSON.stringify(hits, null, 1)).toEqual(expect.arrayContaining(found));
  });
});

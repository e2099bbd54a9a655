/** Every time of a file counts from one beginning: cuts, frames, sound and length agree to half a frame. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openMedia } from '../../../src/main/media/openMedia.ts';
import { describeWithEachTool, make, temporaryFolder } from './makeMedia.ts';
import { factsOf, framesAt, scenesOf, soundOf } from './openedMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
/** Half a frame at 25 per second, in seconds. */
const HALF_A_FRAME = 0.02;

/** Three scenes of two seconds: red, green, blue; 25 frames per second. */
const three = at('three.mp4');
/** Six seconds of sound. */
const tone = at('tone.m4a');

beforeAll(async () => {
  const scenes = ['red', 'green', 'blue'].map((colour) => `-f lavfi -i color=${colour}:s=64x48:r=25:d=2`).join(' ');
  await make(`${scenes} -filter_complex [0][1][2]concat=n=3 -c:v libx264 -g 25 ${three}`);
  await make(`-f lavfi -i sine=440:d=6 -c:a aac ${tone}`);
});

/** The colour that fills the screen at each time. */
async function coloursAt(file: string, times: readonly number[]): Promise<string[]> {
  const frames = await framesAt(file, times);
  return frames.map(({ data }) => {
    const pixel = [...data.subarray(0, 3)];
    return ['red', 'green', 'blue'][pixel.indexOf(Math.max(...pixel))] as string;
  });
}

/** Scenes begin where they are expected, and the frames on both sides of each cut are those of the scenes. */
async function expectCuts(file: string, cuts: readonly number[], colours: readonly string[]): Promise<void> {
  const { segments } = await scenesOf(file);
  const found = segments.slice(1).map((segment) => segment.startSec);
  expect(found).toHaveLength(cuts.length);
  for (const [i, cut] of cuts.entries()) expect(Math.abs((found[i] as number) - cut)).toBeLessThanOrEqual(HALF_A_FRAME);
  const around = cuts.flatMap((cut) => [cut - HALF_A_FRAME, cut + HALF_A_FRAME]);
  expect(await coloursAt(file, around)).toEqual(colours.slice(1).flatMap((colour, i) => [colours[i], colour]));
}

describeWithEachTool('the clock of a file', () => {
  it('begins with the sound where the sound begins first', async () => {
    await make(`-i ${tone} -itsoffset 2 -i ${three} -map 1:v -map 0:a -c copy ${at('late-picture.mp4')}`);
    expect((await factsOf(at('late-picture.mp4'))).durationSec).toBeCloseTo(8, 1);
    await expectCuts(at('late-picture.mp4'), [4, 6], ['red', 'green', 'blue']);
  });

  it.each([30, 3600])('begins at 0 where the file says that it begins at %i s', async (offset) => {
    const file = at(`from-${offset}.mkv`);
    await make(`-i ${three} -i ${tone} -c copy -output_ts_offset ${offset} ${file}`);
    const { facts, clock } = await openMedia(file);
    expect(clock.startSec).toBeCloseTo(offset, 1);
    expect(facts.durationSec).toBeCloseTo(6, 1);
    expect(facts.notices).toEqual([]);
    // The sound's first samples are the codec's padding; the picture begins after them.
    const picture = offset - clock.startSec;
    await expectCuts(file, [2 + picture, 4 + picture], ['red', 'green', 'blue']);
    expect((await soundOf(file, { channel: 'mix' })).length / 16_000).toBeCloseTo(6, 1);
  });

  it('is that of subtitles inside the file, too', async () => {
    writeFileSync(at('words.srt'), '1\n00:00:02,000 --> 00:00:03,000\nA green scene begins.\n');
    await make(`-i ${three} -i ${at('words.srt')} -map 0 -map 1 -c copy -output_ts_offset 30 ${at('words-30.mkv')}`);
    const { cues } = await (await openMedia(at('words-30.mkv'))).subtitles();
    expect(cues).toMatchObject([{ text: 'A green scene begins.' }]);
    expect(Math.abs((cues[0]?.startSec ?? 0) - 2)).toBeLessThanOrEqual(HALF_A_FRAME);
    await expectCuts(at('words-30.mkv'), [2, 4], ['red', 'green', 'blue']);
  });

  it('begins with the picture where the sound before it is a codec’s padding', async () => {
    await make(`-i ${three} -f lavfi -i sine=440:d=6 -c:v copy -c:a libmp3lame ${at('padded.mp4')}`);
    expect(Math.abs((await openMedia(at('padded.mp4'))).clock.startSec)).toBeLessThan(0.001);
    await expectCuts(at('padded.mp4'), [2, 4], ['red', 'green', 'blue']);
  });

  it('begins where an edit list lets the picture begin', async () => {
    await make(`-i ${three} -c:v libx264 -g 250 -sc_threshold 0 ${at('one-group.mp4')}`);
    await make(`-ss 1 -i ${at('one-group.mp4')} -c copy ${at('edited.mp4')}`);
    await expectCuts(at('edited.mp4'), [1, 3], ['red', 'green', 'blue']);
    expect((await factsOf(at('edited.mp4'))).durationSec).toBeCloseTo(5, 1);
  });

  it('counts the frames of a raw stream, which has no times', async () => {
    await make(`-i ${three} -c copy -f h264 ${at('raw.h264')}`);
    expect((await factsOf(at('raw.h264'))).durationSec).toBeCloseTo(6, 2);
    await expectCuts(at('raw.h264'), [2, 4], ['red', 'green', 'blue']);
  });

  it('does not believe a length that the packets contradict', async () => {
    await make(`-f lavfi -i sine=440:d=2 -c:a libmp3lame ${at('tone.mp3')}`);
    const bytes = readFileSync(at('tone.mp3'));
    const frames = bytes.indexOf('Info') >= 0 ? bytes.indexOf('Info') : bytes.indexOf('Xing');
    bytes.writeUInt32BE(15_467_000, frames + 8); // of 1152 samples each: more than four days
    writeFileSync(at('liar.mp3'), bytes);
    const facts = await factsOf(at('liar.mp3'));
    expect(facts.durationSec).toBeCloseTo(2, 0);
    expect(facts.notices).toEqual([expect.stringContaining('The file says that it is')]);
  });

  it('lets a picture stand for a day without holding a day of frames', async () => {
    const gap = `setpts=PTS+if(gte(N\\,50)\\,90000)/TB`;
    await make(`-i ${three} -vf ${gap} -vsync vfr -c:v libx264 -video_track_timescale 1000 ${at('frozen.mp4')}`);
    // Stretches of 30 s in between: the cuts are among their edges.
    const starts = (await scenesOf(at('frozen.mp4'))).segments.map((segment) => segment.startSec);
    for (const cut of [90_002, 90_004]) {
      expect(Math.min(...starts.map((sec) => Math.abs(sec - cut)))).toBeLessThanOrEqual(HALF_A_FRAME);
    }
    expect(await coloursAt(at('frozen.mp4'), [1, 40_000, 90_003, 90_005])).toEqual(['red', 'red', 'green', 'blue']);
  });
});

describe('recordings that were joined byte by byte', () => {
  async function recording(name: string, offsetSec: number): Promise<string> {
    const tracks = `-i ${three} -i ${tone} -map 0:v -map 1:a -c copy`;
    await make(`${tracks} -output_ts_offset ${offsetSec} ${at(name)}`);
    return at(name);
  }
  function join(name: string, ...files: string[]): string {
    writeFileSync(at(name), '');
    for (const file of files) appendFileSync(at(name), readFileSync(file));
    return at(name);
  }

  it.each([
    ['back', 1000, 20],
    ['forward', 20, 5000],
    ['to the same time', 20, 20],
  ])('are one film after the other, where the clock jumps %s', async (how, first, second) => {
    const file = join(`${how}.ts`, await recording('1.ts', first), await recording('2.ts', second));
    const { facts, scenes } = await openMedia(file);
    expect(facts.durationSec).toBeCloseTo(12, 0);
    expect(facts.notices).toEqual([expect.stringContaining('2 recordings were joined')]);
    const { segments } = await scenes();
    expect(segments).toHaveLength(6);
    const middles = segments.map(({ startSec, endSec }) => (startSec + endSec) / 2);
    expect(await coloursAt(file, middles)).toEqual(['red', 'green', 'blue', 'red', 'green', 'blue']);
    const sound = await soundOf(file, { channel: 'mix', segment: { startSec: 5, endSec: 8 } });
    expect(sound.length / 16_000).toBeCloseTo(3, 1);
    expect(Math.max(...sound.subarray(32_000))).toBeGreaterThan(0.05);
  });

  it('a recording that begins in the middle of a packet is the film that it is', async () => {
    const whole = readFileSync(await recording('whole.ts', 20));
    writeFileSync(at('cut.ts'), whole.subarray(1000));
    const { facts, scenes } = await openMedia(at('cut.ts'));
    expect(facts).toMatchObject({ kind: 'video', videoCodec: 'h264', hasAudio: true });
    expect(facts.durationSec).toBeGreaterThan(4.5);
    expect((await scenes()).segments.length).toBeGreaterThanOrEqual(2);
  });
});

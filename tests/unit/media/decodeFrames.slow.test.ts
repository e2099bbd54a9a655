import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { passFramesThrough } from '../../../src/main/media/ffmpeg.ts';
import { decodeWhole, describeWithEachTool, make, meanDifference, temporaryFolder } from './makeMedia.ts';
import { factsOf, framesAt, sampledFrames } from './openedMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const source = 'testsrc2=s=96x64';

/** Every sampled frame against the same frame of a full decode; the aim is 0, 2 of 255 would be allowed. */
async function largestMeanDifference(file: string, numFrames: number, segment?: { startSec: number; endSec: number }) {
  const sampled = await sampledFrames(file, { numFrames, ...(segment ? { segment } : {}) });
  const { width, height } = sampled.frames[0] as { width: number; height: number };
  const whole = await decodeWhole(file, width * height * 3);
  const differences = sampled.frames.map((frame, i) =>
    meanDifference(frame.data, whole[sampled.indices[i] as number] as Uint8Array),
  );
  return { ...sampled, whole, worst: Math.max(...differences) };
}

/** The encoder gets the times that the filters left. */
async function keepTimes(): Promise<string> {
  const [option] = await passFramesThrough();
  return `${option} vfr`;
}

/** Writes a quarter turn into the track header of an MP4 file, as phones do (16.16 fixed point, ISO/IEC 14496-12). */
function turnClockwise(from: string, to: string): void {
  const bytes = readFileSync(from);
  const matrix = bytes.indexOf('tkhd') + 44;
  for (const [i, value] of [0, 0x10000, 0, -0x10000, 0, 0, 0, 0].entries()) bytes.writeInt32BE(value, matrix + i * 4);
  writeFileSync(to, bytes);
}

const cases: [what: string, name: string, args: string][] = [
  ['short groups with B-frames', 'a.mp4', `-f lavfi -i ${source}:r=30:d=6 -c:v libx264 -g 12 -bf 3`],
  ['one long group', 'b.mp4', `-f lavfi -i ${source}:r=25:d=8 -c:v libx264 -g 9999 -bf 2 -sc_threshold 0`],
  ['open groups', 'c.mkv', `-f lavfi -i ${source}:r=25:d=8 -c:v libx264 -x264-params open-gop=1:keyint=25 -bf 3`],
  ['23.976 fps', 'd.mp4', `-f lavfi -i ${source}:r=24000/1001:d=5 -c:v libx264 -g 24`],
  ['a transport stream', 'e.ts', `-f lavfi -i ${source}:r=25:d=5 -c:v libx264 -g 25 -bf 2`],
  ['a file without timestamps (AVI)', 'f.avi', `-f lavfi -i ${source}:r=25:d=4 -c:v libx264 -g 25 -bf 2`],
  ['MPEG-4 in AVI', 'g.avi', `-f lavfi -i ${source}:r=25:d=4 -c:v mpeg4 -bf 2`],
  [
    'VP8, which hides frames',
    'h.webm',
    `-f lavfi -i ${source}:r=25:d=3 -c:v libvpx -auto-alt-ref 1 -lag-in-frames 16 -b:v 200k`,
  ],
  ['VP9', 'i.webm', `-f lavfi -i ${source}:r=25:d=2 -c:v libvpx-vp9 -deadline realtime -cpu-used 8`],
  [
    'HEVC in 10 bits',
    'j.mp4',
    `-f lavfi -i ${source}:r=25:d=2 -c:v libx265 -pix_fmt yuv420p10le -x265-params log-level=none`,
  ],
  ['odd sizes', 'k.mp4', `-f lavfi -i testsrc2=s=97x61:r=25:d=2 -pix_fmt yuv444p -c:v libx264`],
  ['a beginning that is cut away by an edit list', 'l.mp4', `-ss 1.3 -i ${at('a.mp4')} -c copy`],
];
/** Encoders are slow: what differs between versions is tried again. (The old ffprobe crashes on transport streams.) */
const fewCases = cases.filter(([, name]) => ['a.mp4', 'd.mp4', 'f.avi', 'h.webm', 'j.mp4', 'l.mp4'].includes(name));

describeWithEachTool('decodeSampledFrames', (isOld) => {
  it.each(isOld ? fewCases : cases)('gives the pixels of a full decode: %s', async (_what, name, args) => {
    await make(`${args} ${at(name)}`);
    const { worst, indices, whole } = await largestMeanDifference(at(name), 16);
    expect(worst).toBe(0);
    expect(indices.at(-1)).toBeGreaterThan(whole.length * 0.9); // the last of 16 even parts
    const part = await largestMeanDifference(at(name), 8, { startSec: 0.5, endSec: 1.5 });
    expect(part.worst).toBe(0);
  });

  it('shows each frame at its own time when the rate varies', async () => {
    await make(
      `-f lavfi -i ${source}:r=25:d=4 -vf select=not(mod(n\\,7))+gt(n\\,60) ${await keepTimes()} -c:v libx264 -bf 2 ${at('vfr.mp4')}`,
    );
    const { worst, timesSec, whole } = await largestMeanDifference(at('vfr.mp4'), 8);
    expect(whole.length).toBeLessThan(60);
    expect(worst).toBe(0);
    expect(timesSec.every((time, i) => i === 0 || time > (timesSec[i - 1] as number))).toBe(true);
    expect(timesSec.at(-1)).toBeGreaterThan(3.5);
  });

  it('takes only frames of the segment when the rate varies', async () => {
    const select = 'select=not(n)+gt(n\\,50)';
    await make(
      `-f lavfi -i ${source}:r=25:d=4 -vf ${select} ${await keepTimes()} -c:v libx264 ${at('still-then-fast.mp4')}`,
    );
    const sample = (startSec: number, endSec: number) =>
      sampledFrames(at('still-then-fast.mp4'), { numFrames: 4, segment: { startSec, endSec } });
    expect((await sample(0, 1.9)).indices).toEqual([0, 0, 0, 0]);
    const { timesSec } = await sample(3, 3.5);
    for (const time of timesSec) expect(Math.abs(time - 3.25)).toBeLessThan(0.26);
  });

  it('repeats frames, as one object, when there are fewer than asked for', async () => {
    await make(`-f lavfi -i ${source}:r=25 -frames:v 3 -c:v libx264 ${at('three.mp4')}`);
    const { frames, indices, worst } = await largestMeanDifference(at('three.mp4'), 16);
    expect(frames).toHaveLength(16);
    expect(new Set(frames).size).toBe(new Set(indices).size);
    expect(worst).toBe(0);
  });

  it('takes a video of one frame', async () => {
    await make(`-f lavfi -i ${source}:r=25 -frames:v 1 -c:v libx264 ${at('one.mp4')}`);
    expect(await factsOf(at('one.mp4'))).toMatchObject({ kind: 'video', frameCount: 1 });
    const { frames, indices } = await sampledFrames(at('one.mp4'), { numFrames: 8 });
    expect(indices).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(new Set(frames).size).toBe(1);
  });

  it('turns a rotated video upright', async () => {
    await make(`-f lavfi -i ${source}:r=25:d=1 -c:v libx264 ${at('flat.mp4')}`);
    turnClockwise(at('flat.mp4'), at('upright.mp4'));
    const probe = await factsOf(at('upright.mp4'));
    expect([probe.width, probe.height]).toEqual([64, 96]);
    const { worst, frames } = await largestMeanDifference(at('upright.mp4'), 4);
    expect(frames[0]).toMatchObject({ width: 64, height: 96 });
    expect(worst).toBe(0);
  });

  it('gives a picture numFrames times as one object', async () => {
    await make(`-f lavfi -i ${source} -frames:v 1 ${at('still.png')}`);
    expect(await factsOf(at('still.png'))).toMatchObject({ kind: 'image', durationSec: 0, frameCount: 1 });
    const { frames, indices } = await sampledFrames(at('still.png'), { numFrames: 8 });
    expect(frames).toHaveLength(8);
    expect(new Set(frames).size).toBe(1);
    expect(indices).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('reads jpeg, webp, bmp, tiff and gif pictures', async () => {
    for (const extension of ['jpg', 'webp', 'bmp', 'tiff', 'gif']) {
      await make(`-f lavfi -i ${source} -frames:v 1 ${at(`still.${extension}`)}`);
      expect(await factsOf(at(`still.${extension}`))).toMatchObject({ kind: 'image', width: 96, height: 64 });
      const { frames } = await sampledFrames(at(`still.${extension}`), { numFrames: 1 });
      expect(frames[0]?.data).toHaveLength(96 * 64 * 3);
    }
  });

  it('takes an animated gif for a video', async () => {
    await make(`-f lavfi -i ${source}:r=10:d=1 ${at('moving.gif')}`);
    expect(await factsOf(at('moving.gif'))).toMatchObject({ kind: 'video', frameCount: 10 });
    expect((await largestMeanDifference(at('moving.gif'), 4)).worst).toBe(0);
  });

  it('scales down to maxEdge and never up', async () => {
    await make(`-f lavfi -i ${source}:r=25:d=1 -c:v libx264 ${at('scaled.mp4')}`);
    const small = await sampledFrames(at('scaled.mp4'), { numFrames: 2, maxEdge: 48 });
    expect(small.frames[0]).toMatchObject({ width: 48, height: 32 });
    const same = await sampledFrames(at('scaled.mp4'), { numFrames: 2, maxEdge: 480 });
    expect(same.frames[0]).toMatchObject({ width: 96, height: 64 });
  });

  it('decodes HDR to 8-bit RGB', async () => {
    const hdr = '-color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc -pix_fmt yuv420p10le';
    await make(`-f lavfi -i ${source}:r=25:d=1 -c:v libx265 ${hdr} -x265-params log-level=none ${at('hdr.mp4')}`);
    const { frames } = await sampledFrames(at('hdr.mp4'), { numFrames: 2 });
    expect(frames[0]?.data).toHaveLength(96 * 64 * 3);
  });

  it('decodeFramesAt gives the frame that is on the screen, in the order asked for', async () => {
    await make(`-f lavfi -i ${source}:r=10:d=3 -c:v libx264 -g 10 ${at('at.mp4')}`);
    const whole = await decodeWhole(at('at.mp4'), 96 * 64 * 3);
    const frames = await framesAt(at('at.mp4'), [2.05, 0, 0.99, 99]);
    expect(frames.map((frame) => whole.findIndex((w) => meanDifference(w, frame.data) === 0))).toEqual([20, 0, 9, 29]);
  });
});

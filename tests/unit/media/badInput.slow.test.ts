import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { make, temporaryFolder } from './makeMedia.ts';
import { factsOf, sampledFrames, scenesOf, soundOf } from './openedMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const video = at('video.mp4');

beforeAll(async () => {
  await make(`-f lavfi -i testsrc2=s=64x48:r=25:d=4 -f lavfi -i sine=d=4 -c:v libx264 -g 10 -c:a aac ${video}`);
  await make(`-i ${video} -c copy -movflags +faststart ${at('faststart.mp4')}`);
  await make(`-i ${video} -c copy ${at('whole.mkv')}`);
});

/** The first part of a file, as a broken-off download leaves it. */
function cutOff(from: string, to: string, share: number): string {
  const bytes = readFileSync(from);
  writeFileSync(at(to), bytes.subarray(0, Math.floor(bytes.length * share)));
  return at(to);
}

describe('a file that cannot be used is refused by name, with a reason and what to do', () => {
  it('that is not there', async () => {
    const file = at('gone.mp4');
    await expect(factsOf(file)).rejects.toMatchObject({ code: 'file-not-found', file, hint: expect.any(String) });
    await expect(sampledFrames(file, { numFrames: 8 })).rejects.toMatchObject({
      code: 'file-not-found',
    });
    await expect(soundOf(file, { channel: 'mix' })).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('that is a folder', async () => {
    mkdirSync(at('folder.mp4'));
    await expect(factsOf(at('folder.mp4'))).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  it('that may not be read', async () => {
    copyFileSync(video, at('secret.mp4'));
    chmodSync(at('secret.mp4'), 0);
    chmodSync(folder, 0o755);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65534); // root may read everything: be nobody for a moment
    try {
      await expect(factsOf(at('secret.mp4'))).rejects.toMatchObject({
        code: 'file-unreadable',
        file: at('secret.mp4'),
      });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('of zero bytes', async () => {
    writeFileSync(at('empty.mp4'), '');
    await expect(factsOf(at('empty.mp4'))).rejects.toMatchObject({ code: 'file-empty', file: at('empty.mp4') });
  });

  it.each([
    ['a text', 'Dear diary, today I named a text .mp4.\n'.repeat(50)],
    ['one byte', 'x'],
    ['a script for the concat demuxer', `ffconcat version 1.0\nfile '${at('video.mp4')}'\n`],
    ['a playlist', '#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nvideo.mp4\n#EXT-X-ENDLIST\n'],
    ['a subtitle file', '1\n00:00:01,000 --> 00:00:02,000\nHello\n'],
    ['a web page', '<!doctype html><title>Not a video</title>'],
  ])('that is %s named .mp4', async (_what, content) => {
    writeFileSync(at('lie.mp4'), content);
    await expect(factsOf(at('lie.mp4'))).rejects.toMatchObject({ code: 'file-not-media', file: at('lie.mp4') });
  });

  it('that is noise named .mp3', async () => {
    const noise = Uint8Array.from({ length: 20_000 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 11) & 127);
    writeFileSync(at('noise.mp3'), noise);
    await expect(factsOf(at('noise.mp3'))).rejects.toMatchObject({ code: 'file-not-media' });
  });

  it('that lost its end, and with it the table of contents', async () => {
    const file = cutOff(video, 'half.mp4', 0.5);
    await expect(factsOf(file)).rejects.toMatchObject({
      code: 'file-damaged',
      file,
      message: expect.stringContaining('cut off'),
    });
  });

  it('that was taken away while it was read', async () => {
    const file = at('taken.mp4');
    copyFileSync(video, file);
    await factsOf(file); // remembers its streams
    rmSync(file);
    await expect(sampledFrames(file, { numFrames: 8 })).rejects.toMatchObject({
      code: 'file-not-found',
      file,
    });
  });
});

describe('a file that is reduced is accepted with a notice', () => {
  it.each([
    ['faststart.mp4', 'half-faststart.mp4'],
    ['whole.mkv', 'half.mkv'],
  ])('cut off in the middle (%s)', async (whole, half) => {
    const file = cutOff(at(whole), half, 0.6);
    const probe = await factsOf(file);
    expect(probe.notices).toEqual([expect.stringContaining('cut off')]);
    expect(probe.durationSec).toBeGreaterThan(0.5);
    expect(probe.durationSec).toBeLessThan(3.9);
    const { frames } = await sampledFrames(file, { numFrames: 8 });
    expect(frames).toHaveLength(8);
    const { segments } = await scenesOf(file);
    expect(segments.at(-1)?.endSec).toBeCloseTo(probe.durationSec, 3);
  });

  it('sound that is cut off is as long as what is left', async () => {
    await make(`-f lavfi -i sine=d=4 ${at('tone.wav')}`);
    const probe = await factsOf(cutOff(at('tone.wav'), 'half.wav', 0.5));
    expect(probe.notices).toEqual([expect.stringContaining('cut off')]);
    expect(probe.durationSec).toBeCloseTo(2, 0);
  });
});

describe('missing tracks', () => {
  it('a video without sound says so when its sound is wanted', async () => {
    await make(`-f lavfi -i testsrc2=s=64x48:r=25:d=1 -c:v libx264 ${at('silent.mp4')}`);
    expect(await factsOf(at('silent.mp4'))).toMatchObject({ kind: 'video', hasAudio: false });
    await expect(soundOf(at('silent.mp4'), { channel: 'mix' })).rejects.toMatchObject({ code: 'no-audio' });
  });

  it('sound alone says so when its pictures are wanted', async () => {
    await make(`-f lavfi -i sine=d=1 ${at('tone.flac')}`);
    expect(await factsOf(at('tone.flac'))).toMatchObject({
      kind: 'audio',
      hasAudio: true,
      width: 0,
      videoCodec: null,
    });
    await expect(sampledFrames(at('tone.flac'), { numFrames: 8 })).rejects.toMatchObject({
      code: 'no-video',
    });
  });

  it('sound with cover art is sound', async () => {
    await make(`-f lavfi -i testsrc2=s=64x64:d=1 -frames:v 1 ${at('cover.png')}`);
    await make(
      `-f lavfi -i sine=d=2 -i ${at('cover.png')} -map 0 -map 1 -c:v copy -disposition:v attached_pic ${at('song.mp3')}`,
    );
    const probe = await factsOf(at('song.mp3'));
    expect(probe).toMatchObject({ kind: 'audio', videoCodec: null, hasAudio: true, fps: 0 });
    expect(probe.durationSec).toBeCloseTo(2, 0);
  });
});

describe('odd names are only ever names', () => {
  it.each([
    'a clip with spaces.mp4',
    '🎻 ukulélé — 二重奏.mp4',
    '-i.mp4',
    `it's "quoted".mp4`,
    '100%d %03d.mp4',
    'concat:a|b.mp4',
    'semi;colon&more$(x).mp4',
    '[brackets]{a,b}*.mp4',
    'back\\slash.mp4',
    'http:..example.mp4',
  ])('%s', async (name) => {
    const file = at(name);
    copyFileSync(video, file);
    expect(await factsOf(file)).toMatchObject({ path: file, kind: 'video', frameCount: 100 });
    expect((await sampledFrames(file, { numFrames: 2 })).frames).toHaveLength(2);
    expect((await soundOf(file, { channel: 'mix' })).length).toBeGreaterThan(60_000);
  });

  it.each(['frame%d.png', 'frame%03d.jpg', 'all*.png', 'x{1,2}.gif'])(
    'of a picture: %s is no pattern',
    async (name) => {
      await make(`-f lavfi -i testsrc2=s=40x30 -frames:v 1 ${at(`plain${path.extname(name)}`)}`);
      copyFileSync(at(`plain${path.extname(name)}`), at(name));
      expect(await factsOf(at(name))).toMatchObject({ kind: 'image', width: 40, height: 30 });
      const { frames } = await sampledFrames(at(name), { numFrames: 4 });
      expect(frames[0]).toMatchObject({ width: 40, height: 30 });
    },
  );
});

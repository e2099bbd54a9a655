/** Which of a file's tracks are the film, and what is said of those that cannot be read. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runTool } from '../../../src/main/media/runFfmpeg.ts';
import { describeWithEachTool, make, temporaryFolder } from './makeMedia.ts';
import { factsOf, framesAt, sampledFrames, scenesOf, soundOf } from './openedMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  await make(`-f lavfi -i testsrc2=s=96x64:r=25:d=2 -c:v libx264 ${at('film.mp4')}`);
  await make(`-f lavfi -i testsrc2=s=320x240 -frames:v 1 ${at('cover.jpg')}`);
  await make(`-f lavfi -i sine=440:d=2 -c:a aac ${at('loud.m4a')}`);
  await make(`-f lavfi -i anullsrc=d=2 -t 2 -c:a aac ${at('silent.m4a')}`);
});

describeWithEachTool('the film of a file', () => {
  it('is no picture of one frame that stands before it', async () => {
    const tracks = `-i ${at('cover.jpg')} -i ${at('film.mp4')} -map 0 -map 1 -c copy`;
    await make(`${tracks} -disposition:v:0 0 ${at('thumb-first.mp4')}`);
    await make(`${tracks} ${at('thumb-first.mkv')}`);
    for (const file of [at('thumb-first.mp4'), at('thumb-first.mkv')]) {
      expect(await factsOf(file)).toMatchObject({ kind: 'video', videoCodec: 'h264', width: 96, height: 64 });
      expect((await framesAt(file, [1]))[0]).toMatchObject({ width: 96, height: 64 });
    }
  });

  it.each(['mp3', 'flac', 'm4a', 'mkv'])('is none where sound has a cover (%s)', async (extension) => {
    const codec = extension === 'mp3' ? 'libmp3lame' : extension === 'flac' ? 'flac' : 'aac';
    const cover = extension === 'mkv' ? '' : '-disposition:v attached_pic';
    const tracks = `-i ${at('loud.m4a')} -i ${at('cover.jpg')} -map 0:a -map 1:v -c:v copy -c:a ${codec}`;
    await make(`${tracks} ${cover} ${at(`song.${extension}`)}`.replace(/ {2,}/g, ' '));
    expect(await factsOf(at(`song.${extension}`))).toMatchObject({ kind: 'audio', hasAudio: true, videoCodec: null });
    expect((await factsOf(at(`song.${extension}`))).durationSec).toBeCloseTo(2, 0);
  });

  it('is the track that is marked as the default, and so is its sound', async () => {
    const inputs = `-i ${at('film.mp4')} -i ${at('silent.m4a')} -i ${at('loud.m4a')}`;
    const marks = '-map 0 -map 1 -map 2 -c copy -disposition:a:0 0 -disposition:a:1 default';
    await make(`${inputs} ${marks} ${at('second.mkv')}`);
    const samples = await soundOf(at('second.mkv'), { channel: 'mix' });
    expect(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeGreaterThan(0.05);
  });
});

describe('a film that is damaged inside', () => {
  it('is used, and says how many pictures are damaged and where', async () => {
    await make(`-f lavfi -i testsrc2=s=640x360:r=25:d=6 -c:v libx264 -g 25 ${at('whole.mp4')}`);
    const bytes = readFileSync(at('whole.mp4'));
    const middle = Math.floor(bytes.length / 2);
    for (let i = 0; i < 600; i++) bytes[middle + i] = (i * 131) & 255;
    writeFileSync(at('damaged.mp4'), bytes);
    const { segments, notices } = await scenesOf(at('damaged.mp4'));
    expect(segments.at(-1)?.endSec).toBeCloseTo(6, 1);
    expect(notices).toEqual([expect.stringMatching(/^\d+ pictures? of the film (is|are) damaged \(at [234] s/)]);
    expect((await scenesOf(at('whole.mp4'))).notices).toEqual([]);
  });

  it('names a codec that cannot be read, and says what to do', async () => {
    const bytes = readFileSync(at('film.mp4'));
    bytes.write('vvc9', bytes.indexOf('avc1', bytes.indexOf('stsd')), 'latin1');
    writeFileSync(at('future.mp4'), bytes);
    const refusal = { code: 'file-unreadable', message: expect.stringContaining('"vvc9"'), file: at('future.mp4') };
    await expect(factsOf(at('future.mp4'))).rejects.toMatchObject({ ...refusal, hint: expect.stringContaining('MP4') });
    await expect(sampledFrames(at('future.mp4'), { numFrames: 2 })).rejects.toMatchObject(refusal);
  });

  it('does not end at once because its time limit is long', async () => {
    const run = runTool(process.execPath, ['-e', ''], { timeLimitSec: 30 * 86_400 });
    await expect(run).resolves.toMatchObject({ stderr: '' });
  });
});

describe('sound of a rarer kind', () => {
  it('is sound: VOC, and DSD as DSF and DFF', async () => {
    await make(`-i ${at('loud.m4a')} -f voc ${at('loud.voc')}`);
    writeFileSync(at('quiet.dsf'), dsf());
    writeFileSync(at('quiet.dff'), dff());
    for (const name of ['loud.voc', 'quiet.dsf', 'quiet.dff']) {
      const facts = await factsOf(at(name));
      expect(facts, name).toMatchObject({ kind: 'audio', hasAudio: true });
      expect(facts.durationSec, name).toBeCloseTo(name === 'loud.voc' ? 2 : 1, 0);
    }
  });
});

/** A second of one-bit silence, 2.8224 million bits. */
const silence = Buffer.alloc(4096 * 87, 0x69);

function dsf(): Buffer {
  const numbers = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer);
  const format = numbers(1, 0, 1, 1, 2_822_400, 1, 2_822_400, 0, 4096, 0);
  const chunk = (name: string, size: number) => Buffer.concat([Buffer.from(name, 'latin1'), numbers(size, 0)]);
  const total = 28 + 52 + 12 + silence.length;
  const head = Buffer.concat([chunk('DSD ', 28), numbers(total, 0, 0, 0)]);
  return Buffer.concat([head, chunk('fmt ', 52), format, chunk('data', 12 + silence.length), silence]);
}

function dff(): Buffer {
  const chunk = (name: string, ...content: Buffer[]) => {
    const body = Buffer.concat(content);
    const size = Buffer.alloc(8);
    size.writeUInt32BE(body.length, 4);
    return Buffer.concat([Buffer.from(name, 'latin1'), size, body, Buffer.alloc(body.length % 2)]);
  };
  const text = (letters: string) => Buffer.from(letters, 'latin1');
  const rate = Buffer.alloc(4);
  rate.writeUInt32BE(2_822_400);
  const kind = [chunk('FS  ', rate), chunk('CHNL', text('\0\x01C   ')), chunk('CMPR', text('DSD \x0enot compressed'))];
  const version = chunk('FVER', Buffer.from([1, 5, 0, 0]));
  return chunk('FRM8', text('DSD '), version, chunk('PROP', text('SND '), ...kind), chunk('DSD ', silence));
}

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inputArguments } from '../../../src/main/media/ffmpeg.ts';
import {
  chooseTool,
  describeOldTool,
  installationAdvice,
  locateTools,
  requireTool,
} from '../../../src/main/media/locateFfmpeg.ts';
import { runTool } from '../../../src/main/media/runFfmpeg.ts';
import { make, temporaryFolder } from './makeMedia.ts';
import { sampledFrames } from './openedMedia.ts';

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const node = process.execPath;
const run = (script: string, options = {}) => runTool(node, ['-e', script], options);

describe('runTool', () => {
  it('gives the output and the last warnings', async () => {
    const { stdout, stderr } = await run('process.stdout.write("out"); console.error("careful")');
    expect(Buffer.from(stdout).toString()).toBe('out');
    expect(stderr).toBe('careful');
  });

  it('keeps the last words of a failure as its cause', async () => {
    await expect(
      run('console.error("moov atom not found"); process.exit(1)', { file: '/x.mp4' }),
    ).rejects.toMatchObject({
      code: 'ffmpeg-failed',
      file: '/x.mp4',
      causeText: 'moov atom not found',
    });
  });

  it('ends a run at its time limit', async () => {
    await expect(run('setTimeout(() => {}, 60000)', { timeLimitSec: 0.3 })).rejects.toMatchObject({
      code: 'time-limit',
    });
  });

  it('ends a run when it is cancelled, and one that was cancelled before it began', async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, onOutput: () => controller.abort() };
    await expect(run('console.log("at work"); setTimeout(() => {}, 60000)', options)).rejects.toMatchObject({
      code: 'cancelled',
    });
    await expect(run('', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends a run that writes more than allowed', async () => {
    const endless = 'const write = () => process.stdout.write(Buffer.alloc(65536), write); write()';
    await expect(run(endless, { maxOutputBytes: 2 ** 20 })).rejects.toMatchObject({ code: 'ffmpeg-failed' });
  });

  it('says that the disk is full', async () => {
    const script = 'console.error("av_interleaved_write_frame(): No space left on device"); process.exit(1)';
    await expect(run(script)).rejects.toMatchObject({ code: 'disk-full' });
  });

  it('says that a program cannot be started', async () => {
    await expect(runTool(at('no-such-program'), [])).rejects.toMatchObject({ code: 'ffmpeg-missing' });
  });

  const endedOnce = (name: string, written: string) => `
    const { existsSync, writeFileSync, writeSync } = require('node:fs');
    const isFirst = !existsSync(${JSON.stringify(at(name))});
    writeFileSync(${JSON.stringify(at(name))}, '');
    writeSync(1, isFirst ? ${JSON.stringify(written.slice(0, 5))} : ${JSON.stringify(written)});
    if (isFirst) process.kill(process.pid, 'SIGKILL');`;

  it('runs a program again that was ended from outside', async () => {
    const { stdout } = await run(endedOnce('whole', 'one and two'));
    expect(Buffer.from(stdout).toString()).toBe('one and two');
  });

  it('hands every byte of it on once, whether or not the first run was ended in the middle', async () => {
    let heard = '';
    const onOutput = (chunk: Uint8Array) => {
      heard += Buffer.from(chunk).toString();
    };
    await run(endedOnce('streamed', 'one and two'), { onOutput });
    expect(heard).toBe('one and two');
  });

  it('gives up a program that is ended from outside every time', async () => {
    const script = 'process.kill(process.pid, "SIGKILL"); setTimeout(() => {}, 1000)';
    await expect(run(script)).rejects.toMatchObject({ code: 'ffmpeg-failed' });
  });

  it('says that a program crashed, which is not the same as a damaged file', async () => {
    await expect(run('process.kill(process.pid, "SIGSEGV"); setTimeout(() => {}, 1000)')).rejects.toMatchObject({
      code: 'ffmpeg-failed',
      message: expect.stringContaining('crashed'),
    });
  });

  it('fails with what `onOutput` throws, and does not let the program run on', async () => {
    const failing = () => {
      throw new Error('the reader is full');
    };
    await expect(run('setInterval(() => process.stdout.write("x"), 10)', { onOutput: failing })).rejects.toThrow(
      'the reader is full',
    );
  });
});

describe('cancelling', () => {
  it('ends a decode while it runs', async () => {
    await make(`-f lavfi -i testsrc2=s=640x360:r=30:d=20 -c:v libx264 -preset ultrafast -g 9999 ${at('long.mp4')}`);
    const controller = new AbortController();
    const decoding = sampledFrames(at('long.mp4'), { numFrames: 32, signal: controller.signal });
    setTimeout(() => controller.abort(), 150);
    await expect(decoding).rejects.toMatchObject({ code: 'cancelled' });
    const again = await sampledFrames(at('long.mp4'), {
      numFrames: 2,
      segment: { startSec: 0, endSec: 1 },
    });
    expect(again.frames).toHaveLength(2);
  });
});

describe('inputArguments', () => {
  it('opens files alone, by the listed demuxers, through the file protocol', async () => {
    await make(`-f lavfi -i sine=d=0.1 ${at('tone.wav')}`);
    const args = await inputArguments(at('tone.wav'), ['-ss', '1']);
    expect(args.slice(0, 3)).toEqual(['-protocol_whitelist', 'file,pipe', '-format_whitelist']);
    for (const name of ['concat', 'hls', 'dash', 'image2', 'lavfi', 'sdp', 'tty', 'data']) {
      expect(args[3]?.split(',')).not.toContain(name);
    }
    expect(args.slice(4)).toEqual(['-ss', '1', '-i', `file:${at('tone.wav')}`]);
  });
});

describe('locateTools', () => {
  it('finds an ffmpeg and an ffprobe and says where they came from', async () => {
    const { ffmpeg, ffprobe } = await locateTools();
    for (const tool of [ffmpeg, ffprobe]) {
      expect(tool).toMatchObject({
        found: true,
        version: expect.any(String),
        origin: expect.any(String),
        path: expect.any(String),
      });
    }
  });

  it('takes the first that is new enough, else the first that runs', async () => {
    const works = (origin: string, modern: boolean) => ({ origin, path: origin, version: '1', modern });
    const tools = new Map([
      ['old', works('old', false)],
      ['new', works('new', true)],
      ['PLAYHEAD_FFMPEG', works('PLAYHEAD_FFMPEG', false)],
    ]);
    const choose = async (...origins: string[]) =>
      (
        await chooseTool(
          origins.map((origin) => ({ origin, path: origin })),
          async ({ origin }) => tools.get(origin) ?? null,
        )
      )?.origin;
    expect(await choose('broken', 'old', 'new')).toBe('new');
    expect(await choose('broken', 'old')).toBe('old');
    expect(await choose('PLAYHEAD_FFMPEG', 'new')).toBe('PLAYHEAD_FFMPEG');
    expect(await choose('broken')).toBeUndefined();
  });

  it('says of an old one which it is, what it lacks and what to install, and nothing of a current one', () => {
    const tool = { path: '/x', version: 'N-47683', origin: '@ffmpeg-installer', modern: false };
    const told = describeOldTool(tool, 'linux');
    expect(told).toContain('the ffmpeg of 2018 that came along (N-47683)');
    expect(told).toContain('sudo apt install ffmpeg');
    expect(describeOldTool({ ...tool, origin: 'system', version: '4.2' }, 'darwin')).toContain('from system (4.2)');
    expect(describeOldTool({ ...tool, modern: true }, 'linux')).toBeNull();
  });

  it('says what to install when there is none, and finds one that is installed meanwhile', async () => {
    process.env.PLAYHEAD_FFMPEG = at('nothing');
    try {
      expect((await requireTool('ffmpeg')).origin).not.toBe('PLAYHEAD_FFMPEG'); // a wrong path is passed over
    } finally {
      delete process.env.PLAYHEAD_FFMPEG;
    }
    expect(installationAdvice('win32')).toContain('winget');
    expect(installationAdvice('darwin')).toContain('brew');
    expect(installationAdvice('linux')).toContain('apt');
    expect(installationAdvice('aix')).toContain('PLAYHEAD_FFMPEG');
  });
});

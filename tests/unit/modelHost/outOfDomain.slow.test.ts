/** The sample model as it ships: it answers about its own world and says of other footage that it does not know it. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Modality, outOfDomainAnswer } from '../../../src/contract/index.ts';
import { connectHost } from '../../../src/main/channel/hostProcess.ts';
import { createEngine } from '../../../src/main/engine/createEngine.ts';
import type { Clip, ModelHostApi } from '../../../src/main/ports/modelHostApi.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { ffmpeg } from '../../support/media.ts';

const resourcesFolder = join(import.meta.dirname, '../../../resources');
const sample = join(resourcesFolder, 'samples/red-circle-and-bell.mp4');
const bundle = { bundleFolder: join(resourcesFolder, 'models/sample-av'), providers: ['cpu'] };

let folder = '';
let streamed = '';
let host: ReturnType<typeof startHost>;

function startHost() {
  return connectHost<ModelHostApi>(forkHost('modelHost'));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-domain-'));
  host = startHost();
  await host.api.loadModel({ ...bundle, prefixFolder: join(folder, 'prefixes') });
});
afterAll(async () => {
  host?.kill();
  await rm(folder, { recursive: true, force: true });
});

const clipOf = (path: string, kind: Clip['kind'] = 'video', hasAudio = true): Clip => ({
  path,
  kind,
  segment: { startSec: 0, endSec: 4 },
  hasAudio,
});

function ask(clip: Clip, modality: Modality) {
  streamed = '';
  const onText = (text: string) => {
    streamed += text;
  };
  return host.api.answer({ clip, question: 'What colour is it?', modality }, { onText });
}

/** Seconds of a sound. */
async function makeSound(name: string, source: string, seconds = 4): Promise<string> {
  const file = join(folder, `${name}.wav`);
  await ffmpeg('-f', 'lavfi', '-t', String(seconds), '-i', source, file);
  return file;
}

/** Four seconds of a picture and, where one is given, a sound. */
async function make(name: string, picture: string, sound?: string): Promise<string> {
  const file = join(folder, name);
  const input = (source: string) => ['-f', 'lavfi', '-t', '4', '-i', source];
  const heard = sound === undefined ? [] : [...input(sound), '-c:a', 'aac'];
  await ffmpeg(...input(picture), ...heard, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', file);
  return file;
}

const talk = 'anoisesrc=c=pink:a=0.5,highpass=f=200,lowpass=f=3000,tremolo=f=4:d=0.9,volume=2';

describe('the sample model', () => {
  it.each(['video', 'audio', 'av'] as const)('answers about its own world (%s)', async (modality) => {
    const { text, provenance } = await ask(clipOf(sample), modality);
    expect(text).not.toBe(outOfDomainAnswer);
    expect(provenance.domain).toMatchObject({ isInDomain: true });
    expect(provenance.domain?.score).toBeGreaterThan(0.01);
  });

  it.each(['testsrc', 'testsrc2', 'mandelbrot', 'smptebars', 'life'])(
    'does not know a picture of %s, and says so in place of an answer',
    async (source) => {
      const file = await make(`${source}.mp4`, `${source}=size=320x240:rate=15`);
      const { text, provenance } = await ask(clipOf(file, 'video', false), 'video');
      expect(text).toBe(outOfDomainAnswer);
      expect(streamed).toBe(outOfDomainAnswer);
      expect(provenance).toMatchObject({ stopReason: 'out-of-domain', newTokens: 0, domain: { isInDomain: false } });
    },
  );

  it.each([
    ['a plain colour', 'color=c=gray:size=320x240:rate=15'],
    ['noise', 'color=c=gray:size=320x240:rate=15,noise=alls=40:allf=t:all_seed=3'],
    ['black', 'color=c=black:size=320x240:rate=15'],
  ])('does not know %s, in which no figure is seen', async (name, source) => {
    const file = await make(`${name}.mp4`, source);
    expect((await ask(clipOf(file, 'video', false), 'video')).text).toBe(outOfDomainAnswer);
  });

  const grey = 'color=c=gray:size=320x240:rate=12';
  const figure = (isInside: string, [r, g, b]: (number | string)[]) =>
    `${grey},format=gbrp,geq=r='if(${isInside},${r},120)':g='if(${isInside},${g},120)':b='if(${isInside},${b},120)'`;

  it.each([
    [
      'the rings of a zone plate',
      "color=c=black:s=320x240:r=12,geq=lum='128+120*cos(hypot(X-160,Y-120)^2/90+N/4)':cb=128:cr=128",
    ],
    ['a trace on a dark screen', 'sine=f=11:r=8000,showwaves=s=320x240:mode=cline:r=12,format=yuv420p'],
    ['a word in large letters', `${grey},drawtext=text=HELLO:x=40:y=80:fontsize=72:fontcolor=orange`],
    ['an arrow', figure('lt(abs(Y-120),10)*between(X,80,180)+lt(abs(Y-120),(230-X)*0.8)*gt(X,180)', [220, 40, 40])],
    ['many dots', figure('lt(hypot(mod(X,50)-25,mod(Y,50)-25),12)', [240, 220, 40])],
    ['a figure on a vivid ground', 'color=c=red:s=320x240:r=12,drawbox=x=100:y=80:w=70:h=70:c=white:t=fill'],
  ])('does not know %s, though patches of one colour are seen there', async (name, source) => {
    const file = await make(`${name}.mp4`, source);
    expect((await ask(clipOf(file, 'video', false), 'video')).text).toBe(outOfDomainAnswer);
  });

  const disc = 'lt(hypot(X-160,Y-120),44)';
  it.each([
    [
      'a figure with five corners',
      figure(`lt(hypot(X-160,Y-120)*cos(mod(atan2(Y-120,X-160)+4,1.2566)-0.6283),40)`, [222, 38, 38]),
    ],
    [
      'a star with four points',
      figure('lt(hypot(X-160,Y-120),60*(0.65+0.35*cos(4*atan2(Y-120,X-160))))', [40, 160, 60]),
    ],
    ['an oval', figure('lt(hypot((X-160)*0.7,Y-120),36)', [36, 76, 222])],
    ['a circle of a colour that it has not', figure(disc, [120, 64, 24])],
    ['a face', figure(`${disc}*gt(hypot(abs(X-160)-16,Y-108),6)*gt(abs(Y-138),3)`, [246, 216, 40])],
    [
      'two colours in one circle',
      figure(disc, ['if(lt(X,160),222,245)', 'if(lt(X,160),38,245)', 'if(lt(X,160),38,245)']),
    ],
    ['a circle as large as the screen', figure('lt(hypot(X-160,Y-120),90)', [222, 38, 38])],
  ])('does not know %s, though it is one flat figure on an even ground', async (name, source) => {
    const file = await make(`${name}.mp4`, `${source},trim=end_frame=1,loop=47:1`);
    expect((await ask(clipOf(file, 'video', false), 'video')).text).toBe(outOfDomainAnswer);
  });

  it('knows a figure of its own that is drawn in the same way', async () => {
    const file = await make('own.mp4', `${figure(disc, [222, 38, 38])},trim=end_frame=1,loop=47:1`);
    expect((await ask(clipOf(file, 'video', false), 'video')).provenance.domain).toMatchObject({ isInDomain: true });
  });

  const pluck = (start: number) =>
    `gt(t,${start})*exp(-3*(t-${start}))*(sin(2*PI*220*t)+0.6*sin(2*PI*440*t)+0.4*sin(2*PI*660*t))*0.3`;

  it.each([
    ['a plucked string', `aevalsrc='${pluck(0.5)}'`, 4],
    ['a chord of a second', "aevalsrc='0.2*(sin(2*PI*262*t)+sin(2*PI*330*t)+sin(2*PI*392*t))'", 1.2],
    ['keys of a telephone', "aevalsrc='lt(mod(t,0.25),0.1)*0.3*(sin(2*PI*770*t)+sin(2*PI*1336*t))'", 4],
    ['fast clicks', "aevalsrc='if(lt(mod(t,0.1),0.003),0.8,0)'", 4],
    ['two seconds of a buzz', "aevalsrc='0.2*gt(sin(2*PI*300*t),0)-0.1'", 2],
  ])('does not know %s, though it falls quiet or is short', async (name, source, seconds) => {
    const file = await makeSound(name, source, seconds);
    const clip = { ...clipOf(file, 'audio'), segment: { startSec: 0, endSec: seconds } };
    expect((await ask(clip, 'auto')).text).toBe(outOfDomainAnswer);
  });

  it('says of a clip of a few frames that it is too short, not what it shows', async () => {
    const clip = { ...clipOf(sample), segment: { startSec: 1, endSec: 1.25 } };
    const { text, provenance } = await ask(clip, 'auto');
    expect(text).toBe('This is too short for the sample model (0.25 s): it needs at least one second.');
    expect(provenance).toMatchObject({ stopReason: 'out-of-domain', newTokens: 0, frames: 0 });
  });

  it.each(['sine=f=440', 'sine=f=2500', 'anoisesrc=c=white:a=0.3:seed=5'])(
    'does not know a sound that never ends (%s)',
    async (source) => {
      const file = await makeSound(source.replaceAll(/\W/g, '-'), source);
      expect((await ask(clipOf(file, 'audio'), 'auto')).text).toBe(outOfDomainAnswer);
    },
  );

  it('does not know a flat drawing of other things', async () => {
    const boxes = ['20:30:100:60:red', '150:80:120:140:green', '60:150:60:80:blue', '0:0:320:20:yellow'].map((box) => {
      const [x, y, w, h, color] = box.split(':');
      return `drawbox=x=${x}:y=${y}:w=${w}:h=${h}:color=${color}:t=fill`;
    });
    const file = await make('drawing.mp4', `color=c=white:size=320x240:rate=15,${boxes.join(',')}`);
    expect((await ask(clipOf(file, 'video', false), 'video')).text).toBe(outOfDomainAnswer);
  });

  it('does not know footage by its picture, even where only its sound is asked for', async () => {
    const file = await make('silent film.mp4', 'testsrc2=size=320x240:rate=15', 'anullsrc');
    for (const modality of ['audio', 'av'] as const) {
      expect((await ask(clipOf(file), modality)).text, modality).toBe(outOfDomainAnswer);
    }
  });

  it('does not know a sound file of something like speech; silence it knows', async () => {
    const [speech, silence] = [await makeSound('talk', talk), await makeSound('silence', 'anullsrc')];
    expect((await ask(clipOf(speech, 'audio'), 'auto')).text).toBe(outOfDomainAnswer);
    expect((await ask(clipOf(silence, 'audio'), 'auto')).provenance.domain?.isInDomain).toBe(true);
  });

  it('remembers what it does not know with the clip, over a restart too', async () => {
    const file = await make('remembered.mp4', 'mandelbrot=size=320x240:rate=15');
    const clip = clipOf(file, 'video', false);
    const first = await ask(clip, 'video');
    const second = await ask(clip, 'video');
    expect(second.provenance.domain).toEqual(first.provenance.domain);
    expect(second.provenance.timings.map(({ stage }) => stage)).toEqual(['recall clip']);

    const prefixes = join(folder, 'later');
    await host.api.loadModel({ ...bundle, prefixFolder: prefixes });
    await ask(clip, 'video');
    const isWritten = () => existsSync(prefixes) && readdirSync(prefixes).some((name) => name.endsWith('.kv'));
    while (!isWritten()) await new Promise((resolve) => setTimeout(resolve, 20)); // behind the answer's back
    host.kill();
    host = startHost();
    await host.api.loadModel({ ...bundle, prefixFolder: prefixes });
    const third = await ask(clip, 'video');
    expect(third.text).toBe(outOfDomainAnswer);
    expect(third.provenance.domain).toEqual(first.provenance.domain);
    expect(third.provenance.timings.map(({ stage }) => stage)).toEqual(['recall clip']);
  });
});

describe('the index with the sample model', () => {
  it('describes what is of its world wherever it lies, and writes no caption for the rest', async () => {
    const engine = await createEngine({
      version: 'test',
      libraryFolder: join(folder, 'library'),
      resourcesFolder,
      spawnHost: forkHost,
    });
    const foreign = await make('foreign.mp4', 'mandelbrot=size=320x240:rate=15');
    const own = join(folder, 'own.mp4');
    await ffmpeg('-i', sample, '-c', 'copy', own);
    const short = join(folder, 'short.mp4');
    await ffmpeg('-i', sample, '-t', '0.4', short);
    await engine.api.addToLibrary({ paths: [foreign, own, short] });
    await engine.whenIdle();
    const { items } = await engine.api.listMedia({ sort: 'name' });
    const captions = await Promise.all(
      items.map(async ({ id, fileName, notices }) => {
        const { segments } = await engine.api.getMedia({ mediaId: id });
        const kinds = segments.flatMap(({ knowledge }) => knowledge.map(({ kind }) => kind));
        return [fileName, kinds.includes('caption'), notices.find((notice) => notice.includes('has no caption'))];
      }),
    );
    await engine.close();
    expect(captions).toEqual([
      ['foreign.mp4', false, expect.stringContaining(outOfDomainAnswer)],
      ['own.mp4', true, undefined],
      ['short.mp4', false, expect.stringContaining('too short for the sample model (0.4 s)')],
    ]);
  }, 240_000);
});

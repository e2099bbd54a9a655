/** Questions about whole files, with the real engine and the sample model, against what the samples' scripts say. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerPart, CallInput, Message } from '../../../src/contract/index.ts';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import { connectLibrary } from '../../../src/main/library/connectLibrary.ts';
import { summariseBundle } from '../../../src/main/models/bundleCatalogue.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { ffmpeg } from '../../support/media.ts';

const resourcesFolder = join(import.meta.dirname, '..', '..', '..', 'resources');
const sample = (name: string) => join(resourcesFolder, 'samples', name);

interface Truth {
  file: string;
  scenes: {
    startSec: number;
    endSec: number;
    objects: { colour: string; shape: string }[];
    sounds: { kind: string }[];
  }[];
}
let truth: Truth[];
let folder: string;
let engine: Engine;

beforeAll(async () => {
  truth = (JSON.parse(await readFile(sample('samples.json'), 'utf8')) as { clips: Truth[] }).clips;
  folder = await mkdtemp(join(tmpdir(), 'playhead-answers-'));
  engine = await open(join(folder, 'library'));
  await engine.api.addToLibrary({ paths: [sample('morning-shapes.mp4')] });
  await engine.whenIdle();
}, 120_000);
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

function open(libraryFolder: string): Promise<Engine> {
  return createEngine({ version: 'test', libraryFolder, resourcesFolder, spawnHost: forkHost });
}

async function ask(
  asked: Engine,
  file: string,
  question: string,
  more: Partial<CallInput<'ask'>> = {},
): Promise<Message> {
  const { conversationId } = await asked.api.ask({ source: { path: sample(file) }, question, ...more });
  await asked.whenIdle();
  return (await asked.api.getConversation({ conversationId })).messages.at(-1) as Message;
}

const partsOf = (message: Message): AnswerPart[] => message.provenance?.evidence?.parts ?? [];

/** Colour and shape of all that a text names. */
function thingsIn(text: string): string[] {
  const colours = 'red|orange|yellow|green|cyan|blue|purple|pink|white|black';
  const shapes = 'circle|square|triangle|star|heart|ring|cross|moon';
  return text.match(new RegExp(`\\b(?:${colours}) (?:${shapes})\\b`, 'g')) ?? [];
}

function sceneAt(file: string, part: AnswerPart): Truth['scenes'][number] {
  const middle = (part.startSec + part.endSec) / 2;
  const scenes = truth.find((clip) => clip.file === file)?.scenes ?? [];
  return scenes.find(({ startSec, endSec }) => middle >= startSec && middle < endSec) as Truth['scenes'][number];
}

/** Every thing that an account names is in the scene that it cites, and every scene is told of. */
function expectTrueAccount(file: string, message: Message): void {
  const parts = partsOf(message);
  expect(parts).toHaveLength(truth.find((clip) => clip.file === file)?.scenes.length ?? 0);
  for (const part of parts) {
    const there = sceneAt(file, part).objects.map(({ colour, shape }) => `${colour} ${shape}`);
    expect(there, part.text).toEqual(expect.arrayContaining(thingsIn(part.text)));
  }
}

describe('a question about a whole file', () => {
  it('what happens is told scene by scene from the captions of the index, without a look', async () => {
    const message = await ask(engine, 'morning-shapes.mp4', 'What happens in this clip?');
    expectTrueAccount('morning-shapes.mp4', message);
    expect(message.provenance).toMatchObject({
      frames: 0,
      newTokens: 0,
      evidence: { fromIndex: 5, total: 5, unit: 'scene' },
    });
    expect(message.text).toContain('0:08–0:12 A white cross');
  });

  it('of a file that is not indexed it is looked at scene by scene', async () => {
    const message = await ask(engine, 'the-hidden-square.mp4', 'Describe the video.');
    expectTrueAccount('the-hidden-square.mp4', message);
    expect(message.provenance?.evidence).toMatchObject({ fromIndex: 0, total: 5 });
    expect(message.provenance?.frames).toBe(40);
  }, 60_000);

  it('any other question is asked of the scenes, and each answer names its own', async () => {
    const colour = await ask(engine, 'morning-shapes.mp4', 'What colour is the star?');
    expect(partsOf(colour).map(({ startSec, text }) => [Math.round(startSec), text])).toEqual([[16, 'Pink.']]);
    const heart = await ask(engine, 'morning-shapes.mp4', 'Is there an orange heart?');
    expect(heart.text).toMatch(/^Yes, at 0:04–0:08/);
    const moon = await ask(engine, 'morning-shapes.mp4', 'Is there a moon?');
    expect(moon.text).toBe('No, in none of the 5 scenes.');
    const order = await ask(engine, 'morning-shapes.mp4', 'What comes first, the red ring or the white cross?');
    expect(order.text).toMatch(/^First the white cross \(0:08–0:12\), then the red ring \(0:12–0:16\)/);
  }, 60_000);

  it('that leans on an earlier answer is declined in words by a model that cannot go on from it', async () => {
    const segment = { startSec: 16, endSec: 20 };
    const first = { source: { path: sample('morning-shapes.mp4') }, question: 'What colour is the star?', segment };
    const { conversationId } = await engine.api.ask(first);
    await engine.whenIdle();
    const again = await ask(engine, 'morning-shapes.mp4', 'Which colour was that again?', { segment, conversationId });
    expect(again.text).toMatch(/^The sample model answers every question by itself/);
    expect(again.provenance).toMatchObject({ stopReason: 'question-out-of-domain', frames: 0 });
    const alone = await ask(engine, 'morning-shapes.mp4', 'What does the star do?', { segment, conversationId });
    expect(alone.text).toBe('It blinks.');
  }, 60_000);

  it('that is too long is told in words, before anything is decoded', async () => {
    const question = `What colour is the star?\n(A) ${'xq'.repeat(1900)}\n(B) Red`;
    const message = await ask(engine, 'morning-shapes.mp4', question, { segment: { startSec: 0, endSec: 4 } });
    expect(message).toMatchObject({ state: 'failed', text: '', error: { code: 'invalid-input' } });
    expect(message.error?.message).toMatch(/too long for this model.*room for about \d+ words/);
    const longer = engine.api.ask({ source: { path: sample('morning-shapes.mp4') }, question: 'x'.repeat(4001) });
    await expect(longer).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'This question is too long: it has 4,001 characters, and 4,000 is the most.',
    });
    const empty = engine.api.ask({ source: { path: sample('morning-shapes.mp4') }, question: '  ' });
    await expect(empty).rejects.toMatchObject({ code: 'invalid-input', message: 'There is no question: it is empty.' });
  }, 60_000);

  it('about a range within one scene is one look, as before', async () => {
    const message = await ask(engine, 'morning-shapes.mp4', 'What colour is the star?', {
      segment: { startSec: 16, endSec: 20 },
    });
    expect(message).toMatchObject({ text: 'Pink.', provenance: { frames: 8 } });
    expect(message.provenance?.evidence).toBeUndefined();
  });

  it('that is stopped keeps what was found, and says what was looked at', async () => {
    const stopped = new Promise<void>((resolve) => {
      const stop = engine.onEvent((event) => {
        if (event.type !== 'answerDelta' || !event.text.startsWith('0:04')) return;
        stop();
        resolve(engine.api.cancelJob({ jobId: event.jobId }).then(() => {}));
      });
    });
    const message = await ask(engine, 'everything-moves.mp4', 'What happens?');
    await stopped;
    expect(message.state).toBe('stopped');
    expect(message.text).toMatch(/^0:00–0:04 A .*\n0:04–0:08 A /);
    const { lookedAt, total } = message.provenance?.evidence ?? {};
    expect(total).toBe(8);
    expect(lookedAt?.length).toBeLessThan(8);
  }, 60_000);
});

describe('a question that takes long', () => {
  let slow: Engine;

  beforeAll(async () => {
    slow = await openSlow('slow');
  });
  afterAll(() => slow.close());

  /** Looks took 20 s each until now, says its library. */
  async function openSlow(name: string): Promise<Engine> {
    const { version } = await summariseBundle(join(resourcesFolder, 'models', 'sample-av'));
    const library = await connectLibrary({ folder: join(folder, name) });
    await library.setSetting(`look.seconds.${version}.cpu`, '20');
    await library.close();
    await library.terminate();
    return open(join(folder, name));
  }

  it('is not answered but says how long looking takes, by the looks that were measured', async () => {
    const message = await ask(slow, 'quiet-night.mp4', 'What colour is the moon?');
    expect(message.provenance).toMatchObject({
      stopReason: 'needs-consent',
      offer: { likeliest: { count: 3, seconds: 60 }, all: { count: 7, seconds: 140 } },
    });
    expect(message.text).toBe('This has 7 scenes. Looking at all of them takes about 2 min.');
  });

  it('is not offered for footage that the model does not know: a few looks tell', async () => {
    const file = join(folder, 'pattern.mp4');
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10:duration=24', '-pix_fmt', 'yuv420p', file);
    const other = await openSlow('unknown');
    const { conversationId } = await other.api.ask({ source: { path: file }, question: 'What happens?' });
    await other.whenIdle();
    const message = (await other.api.getConversation({ conversationId })).messages.at(-1);
    await other.close();
    expect(message?.text).toBe('The sample model does not know footage like this.');
    expect(message?.provenance).toMatchObject({
      stopReason: 'out-of-domain',
      evidence: { total: 6, unknown: 4, unit: 'stretch', lookedAt: { length: 4 } },
    });
  }, 60_000);

  it('looks at the likeliest scenes, or at all, once that is agreed to', async () => {
    const some = await ask(slow, 'quiet-night.mp4', 'Is there a red star?', { scope: 'likeliest' });
    expect(some.provenance?.evidence).toMatchObject({ total: 7, lookedAt: { length: 3 } });
    expect(some.text).toBe('No, in none of the 3 of 7 scenes that were looked at.');
    const all = await ask(slow, 'quiet-night.mp4', 'What colour is the moon?', { scope: 'all' });
    expect(all.provenance?.evidence?.lookedAt).toHaveLength(7);
    expect(all.text).toContain('White');
  }, 60_000);
});

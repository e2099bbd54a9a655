/** The model's process, forked as the shells fork it, with a small random model and a clip that ships with Playhead. */
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { cancelled, type Modality } from '../../../src/contract/index.ts';
import { connectHost } from '../../../src/main/channel/hostProcess.ts';
import { importCheckpoint } from '../../../src/main/importing/importCheckpoint.ts';
import type { AnswerInput, Clip, ModelHostApi } from '../../../src/main/ports/modelHostApi.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const clip: Clip = {
  path: join(project, 'resources/samples/red-circle-and-bell.mp4'),
  kind: 'video',
  segment: { startSec: 0, endSec: 3 },
  hasAudio: true,
};

let temporary = '';
let bundleFolder = '';

const startHost = () => connectHost<ModelHostApi>(forkHost('modelHost'));
let host: ReturnType<typeof startHost>;

function question(text: string, modality: Modality = 'auto', maxNewTokens = 12): AnswerInput {
  return { clip, question: text, modality, generation: { maxNewTokens } };
}

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'playhead-host-'));
  bundleFolder = join(temporary, 'bundle');
  const fixture = (name: string) => join(project, 'tests/fixtures/parity', name);
  await importCheckpoint({ checkpointFolder: fixture('qwen2-siglip-stc35-beats'), bundleFolder });
  host = startHost();
});
afterAll(async () => {
  host?.kill();
  await rm(temporary, { recursive: true, force: true });
});

describe("the model's process", () => {
  test('refuses a question before a model is loaded, and a bundle that is none', async () => {
    await expect(host.api.answer(question('What?'))).rejects.toMatchObject({ code: 'model-missing' });
    const nowhere = { bundleFolder: temporary, providers: ['cpu'] };
    await expect(host.api.loadModel(nowhere)).rejects.toMatchObject({ code: 'model-missing', file: temporary });
  });

  test('loads a bundle and says what it can do', async () => {
    const model = await host.api.loadModel({ bundleFolder, providers: ['cpu'] });
    expect(model).toMatchObject({ provider: 'cpu', modalities: ['video', 'audio', 'av'], notices: [] });
    expect(await host.api.loadEmbedder({ bundleFolder, providers: ['cpu'] })).toBeNull();
  });

  test('answers about what is seen and heard, streams the text and says where it comes from', async () => {
    const stages: string[] = [];
    const texts: string[] = [];
    const onStage = (stage: string) => void stages.push(stage);
    const onText = (text: string) => void texts.push(text);
    const answer = await host.api.answer(question('What happens?'), { onStage, onText });
    expect(texts.join('')).toBe(answer.text);
    expect(answer.provenance).toMatchObject({ modality: 'av', provider: 'cpu', frames: 8, newTokens: 12 });
    expect(answer.provenance.audioSeconds).toBeCloseTo(3, 1);
    expect(answer.provenance.promptTokens).toBeGreaterThan(1500); // 16 video and 1496 audio tokens, and the text
    expect(stages).toEqual(['reading frames', 'looking', 'listening', 'reading the prompt', 'reading the prompt']);
    const named = answer.provenance.timings.map(({ stage }) => stage);
    for (const stage of ['decode frames', 'vision tower', 'connector', 'audio tower', 'prefill media', 'generate']) {
      expect(named).toContain(stage);
    }
  });

  test('looks at as many pictures as were asked for, and remembers each number as a look of its own', async () => {
    const asked = question('What happens?', 'video');
    const few = await host.api.answer({ ...asked, generation: { ...asked.generation, frames: 4 } });
    const usual = await host.api.answer(asked);
    expect([few.provenance.frames, usual.provenance.frames]).toEqual([4, 8]);
    expect(few.provenance.promptTokens).toBe(usual.provenance.promptTokens - 8); // 16 video tokens, and half of them
  });

  test('answers a second question from the remembered clip exactly as a fresh process does', async () => {
    const second = question('Which shape is it, and which colour?', 'auto', 30);
    const warm = await host.api.answer(second);
    expect(warm.provenance.timings.map(({ stage }) => stage)).toEqual(['recall clip', 'prefill question', 'generate']);

    const fresh = startHost();
    await fresh.api.loadModel({ bundleFolder, providers: ['cpu'] });
    const cold = await fresh.api.answer(second);
    fresh.kill();
    expect(cold.provenance.timings.length).toBeGreaterThan(2);
    expect(warm.text).toBe(cold.text);
    expect(warm.provenance.promptTokens).toBe(cold.provenance.promptTokens);
  });

  test('a template that loops ends its question with that reason, and the next one finds the clip as it was', async () => {
    const checkpointFolder = join(temporary, 'looping-checkpoint');
    const looping = join(temporary, 'looping-bundle');
    await cp(join(project, 'tests/fixtures/parity/qwen2-siglip-stc35-beats'), checkpointFolder, { recursive: true });
    const template = join(checkpointFolder, 'chat_template.jinja');
    const loops = ['a', 'b', 'c'].map((name) => `{% for ${name} in range(3000) %}`).join('');
    const asks = "{% if 'for ever' in messages[-1]['content'] %}";
    const ends = '{% endfor %}{% endfor %}{% endfor %}{% endif %}';
    await writeFile(template, `${asks}${loops}${ends}${await readFile(template, 'utf8')}`);
    await importCheckpoint({ checkpointFolder, bundleFolder: looping });
    const one = startHost();
    onTestFinished(() => one.kill());
    await one.api.loadModel({ bundleFolder: looping, providers: ['cpu'] });
    const asked = question('Which shape is it?', 'video', 8);
    const before = await one.api.answer(asked);
    await expect(one.api.answer(question('Does it go on for ever?', 'video', 8))).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('does not come to an end'),
    });
    const after = await one.api.answer(asked);
    expect(after.provenance.timings.map(({ stage }) => stage)).toEqual(['recall clip', 'prefill question', 'generate']);
    expect(after.text).toBe(before.text);
  });

  test('remembers a clip over a restart, and answers about it exactly as before', async () => {
    const input = { bundleFolder, providers: ['cpu'], prefixFolder: join(temporary, 'prefixes') };
    const asked = question('Which shape is it?', 'video', 20);
    const answers: string[] = [];
    const stagesOf: string[][] = [];
    for (const _run of ['before', 'after']) {
      const one = startHost();
      await one.api.loadModel(input);
      const { text, provenance } = await one.api.answer(asked);
      answers.push(text);
      stagesOf.push(provenance.timings.map(({ stage }) => stage));
      expect(provenance).toMatchObject({ frames: 8, modality: 'video' });
      while (!existsSync(input.prefixFolder) || !readdirSync(input.prefixFolder).some((name) => name.endsWith('.kv'))) {
        await new Promise((resolve) => setTimeout(resolve, 20)); // the file is written behind the answer's back
      }
      one.kill();
    }
    expect(answers[1]).toBe(answers[0]);
    expect(stagesOf[0]).toContain('vision tower');
    expect(stagesOf[1]).toEqual(['recall clip', 'prefill question', 'generate']);
  });

  test('draws the same text for the same seed', async () => {
    const drawn = (seed: number) => ({
      ...question('What?', 'video'),
      generation: { maxNewTokens: 10, temperature: 2, seed },
    });
    const [one, again, other] = [
      await host.api.answer(drawn(5)),
      await host.api.answer(drawn(5)),
      await host.api.answer(drawn(6)),
    ];
    expect(again.text).toBe(one.text);
    expect(other.text).not.toBe(one.text);
  });

  test('captions a clip, and a file of which only the sound is asked for', async () => {
    const caption = await host.api.caption({ clip, generation: { maxNewTokens: 4 } });
    expect(caption.provenance).toMatchObject({ modality: 'av', newTokens: 4 });
    const heard = await host.api.answer(question('What sounds?', 'audio', 2));
    expect(heard.provenance).toMatchObject({ modality: 'audio', frames: 0 });
  });

  test('ends an answer that is stopped at once, remembers its clip and is free for the next question', async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, onText: () => controller.abort(cancelled()) };
    const long = host.api.answer(question('Tell it all.', 'auto', 2000), options);
    await expect(long).rejects.toMatchObject({ code: 'cancelled' });
    const next = await host.api.answer(question('What?', 'auto', 2));
    expect(next.provenance.timings.map(({ stage }) => stage)).toEqual(['recall clip', 'prefill question', 'generate']);
  });

  test('ends an answer that is stopped before its first word', async () => {
    const another = { ...question('What?'), clip: { ...clip, segment: { startSec: 1, endSec: 2 } } };
    const controller = new AbortController();
    const early = host.api.answer(another, { signal: controller.signal, onStage: () => controller.abort(cancelled()) });
    await expect(early).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('reports a file that is gone, damaged or silent by name and goes on', async () => {
    const gone = { ...question('What?'), clip: { ...clip, path: join(temporary, 'no such film.mp4') } };
    await expect(host.api.answer(gone)).rejects.toMatchObject({ code: 'file-not-found', file: gone.clip.path });
    const silent = { ...question('What?', 'av'), clip: { ...clip, hasAudio: false } };
    await expect(host.api.answer(silent)).rejects.toMatchObject({ code: 'no-audio', file: clip.path });
    expect((await host.api.answer(question('What?', 'video', 2))).provenance.newTokens).toBe(2);
  });

  test('refuses a bundle whose files have changed', async () => {
    const changed = join(temporary, 'changed');
    await cp(bundleFolder, changed, { recursive: true });
    await rm(join(changed, 'connector.onnx'));
    await expect(host.api.loadModel({ bundleFolder: changed, providers: ['cpu'] })).rejects.toMatchObject({
      code: 'model-invalid',
    });
    await host.api.loadModel({ bundleFolder, providers: ['cpu'] });
  });

  test('uses the CPU where no other provider works, and says so', async () => {
    const model = await host.api.loadModel({ bundleFolder, providers: ['no-such-provider', 'cpu'] });
    expect(model.provider).toBe('cpu');
    expect(model.notices.join(' ')).toContain('no-such-provider');
  });

  test('says how much memory it takes', async () => {
    const { residentBytes, peakResidentBytes } = await host.api.memory();
    expect(residentBytes).toBeGreaterThan(20e6);
    expect(peakResidentBytes).toBeGreaterThanOrEqual(residentBytes);
  });

  test('that dies rejects what was pending, and nothing else is lost', async () => {
    const pending = host.api.answer(question('Tell it all.', 'auto', 2000));
    const rejected = expect(pending).rejects.toMatchObject({ code: 'model-crashed' });
    host.kill();
    await rejected;
    await host.exited;
    await expect(host.api.memory()).rejects.toMatchObject({ code: 'model-crashed' });
  });
});

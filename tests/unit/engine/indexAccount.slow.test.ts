/** Footage that the model does not know, through the whole engine: what is asked and what is described comes from the index. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobResult, Provenance } from '../../../src/contract/index.ts';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import { ffmpeg } from '../../support/media.ts';
import { standInHosts } from '../../support/standInHosts.ts';

const refusal = 'The sample model does not know footage like this.';
let folder: string;
let engine: Engine;
const results = new Map<string, JobResult>();

/** As the model's process says it, which is not what this is about. */
async function decline({ clip }: { clip: { segment: Provenance['segment'] } }) {
  const provenance: Provenance = {
    ...{ model: 'sample', provider: 'cpu', modality: 'av', segment: clip.segment, frames: 8, audioSeconds: 2 },
    ...{ promptTokens: 0, newTokens: 0, timings: [], stopReason: 'out-of-domain' },
  };
  return { text: refusal, provenance };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-account-'));
  for (const name of ['talk.mp3', 'noise.mp3'])
    await ffmpeg('-f', 'lavfi', '-i', 'anoisesrc=duration=6:amplitude=0.05', join(folder, name));
  await writeFile(join(folder, 'talk.srt'), '1\n00:00:01,000 --> 00:00:03,500\nWho ate the marmalade?\n');
  engine = await createEngine({
    version: 'test',
    libraryFolder: join(folder, 'library'),
    resourcesFolder: join(import.meta.dirname, '..', '..', '..', 'resources'),
    spawnHost: standInHosts({ answer: decline, caption: decline }),
  });
  engine.onEvent((event) => {
    if (event.type === 'job' && event.job.result) results.set(event.job.id, event.job.result);
  });
  await engine.api.addToLibrary({ paths: [join(folder, 'talk.mp3'), join(folder, 'noise.mp3')] });
  await engine.whenIdle();
}, 60_000);
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function resultOf(jobId: string): Promise<JobResult> {
  await engine.whenIdle();
  return results.get(jobId) ?? {};
}

async function ask(name: string, question: string): Promise<JobResult> {
  return resultOf((await engine.api.ask({ source: { path: join(folder, name) }, question })).jobId);
}

describe('of footage that the model does not know', () => {
  const told = [
    'The sample model cannot look at this. What the index knows:',
    '0:01–0:04 Said: “Who ate the marmalade?” (talk.srt)',
  ].join('\n');

  it('the index tells what it knows, to a question and to who wants a description', async () => {
    expect(await ask('talk.mp3', 'What happens?')).toMatchObject({
      text: told,
      provenance: { stopReason: 'from-index' },
    });
    expect((await ask('talk.mp3', 'Does somebody speak of marmalade?')).text).toBe(told);
    const { jobId } = await engine.api.caption({ source: { path: join(folder, 'talk.mp3') } });
    expect(await resultOf(jobId)).toMatchObject({ text: told, provenance: { stopReason: 'from-index' } });
  });

  it('the answer stays a refusal, with its code, where the index knows nothing that fits', async () => {
    const refused = { text: refusal, provenance: { stopReason: 'out-of-domain' } };
    expect(await ask('noise.mp3', 'What happens?')).toMatchObject(refused);
    expect(await ask('talk.mp3', 'Is there a submarine?')).toMatchObject(refused);
    const { jobId } = await engine.api.caption({ source: { path: join(folder, 'noise.mp3') } });
    expect(await resultOf(jobId)).toMatchObject(refused);
  });
});

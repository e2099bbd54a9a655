/**
 * Playhead against the reference stack on a checkpoint of random weights, both in fp32: from decoded frames to greedy
 * tokens, in turns, with as many threads as there are cores. That both give the same tokens shows that they do the
 * same work.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { generateTokens } from '../src/main/answering/generate/generateTokens.ts';
import { prefillInChunks } from '../src/main/answering/generate/prefill.ts';
import { resolveSettings } from '../src/main/answering/generate/settings.ts';
import { physicalCores } from '../src/main/answering/model/physicalCores.ts';
import { tokenizeMediaPrompt } from '../src/main/answering/preprocess/text/mediaPrompt.ts';
import { encodeFrames } from '../src/main/answering/tasks/encodeFrames.ts';
import { joinTokens } from '../src/main/answering/tasks/encodeSound.ts';
import { loadVideoLlama, type VideoLlama } from '../src/main/answering/tasks/loadVideoLlama.ts';
import { importCheckpoint } from '../src/main/importing/importCheckpoint.ts';
import { openMedia } from '../src/main/media/openMedia.ts';
import type { Clip } from '../src/main/ports/modelHostApi.ts';
import type { RgbImage } from '../src/main/ports/rgbImage.ts';
import { Stopwatch } from '../src/main/ports/stopwatch.ts';
import { type RawFrames, type ReferenceAnswer, type ReferencePrompt, startReference } from './pytorch.ts';
import type { Row } from './report.ts';

/** Milliseconds: the other side's threads go on spinning for a while after its turn, on the cores of this one. */
const REST = 500;

export interface PytorchBench {
  /** "small", "medium": names the rows. */
  label: string;
  checkpointFolder: string;
  clip: Clip;
  python: string;
  runs: number;
  newTokens: number;
}

export async function benchPytorch(bench: PytorchBench): Promise<Row[]> {
  const temporary = await mkdtemp(join(tmpdir(), 'playhead-bench-'));
  try {
    const bundleFolder = join(temporary, 'bundle');
    await importCheckpoint({ checkpointFolder: bench.checkpointFolder, bundleFolder, weights: 'fp32' });
    const model = await loadVideoLlama({ bundleFolder, providers: ['cpu'] });
    const { numFrames } = model.manifest.architecture;
    const { frames } = await (await openMedia(bench.clip.path)).sampledFrames({ ...bench.clip, numFrames });
    const raw = await writeFrames(join(temporary, 'frames.rgb'), frames);
    const rows = await inTurns(bench, model, frames, raw);
    await model.close();
    return rows;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function inTurns(bench: PytorchBench, model: VideoLlama, frames: RgbImage[], raw: RawFrames): Promise<Row[]> {
  const prompt = promptFor(model, bench.newTokens);
  const reference = await startReference(bench.python, bench.checkpointFolder, raw, physicalCores());
  const ours: ReferenceAnswer[] = [];
  const theirs: ReferenceAnswer[] = [];
  try {
    for (let run = 0; run < bench.runs; run++) {
      await setTimeout(REST);
      ours.push(await answer(model, frames, prompt));
      await setTimeout(REST);
      theirs.push(await reference.answer(prompt));
    }
  } finally {
    reference.stop();
  }
  return rowsOf(bench.label, ours, theirs);
}

async function writeFrames(file: string, frames: readonly RgbImage[]): Promise<RawFrames> {
  const [{ width, height }] = frames as [RgbImage];
  await writeFile(file, Buffer.concat(frames.map(({ data }) => data)));
  return { file, count: frames.length, height, width };
}

function promptFor({ tokenizer, chatTemplate, manifest }: VideoLlama, newTokens: number): ReferencePrompt {
  const { systemMessage } = manifest;
  const question = { modalToken: '<video>' as const, question: 'What is happening?', systemMessage };
  const { before, after } = tokenizeMediaPrompt(tokenizer, chatTemplate, question);
  return { before, after, newTokens };
}

/** The same stages as the reference's, each under its name. */
async function answer(model: VideoLlama, frames: RgbImage[], prompt: ReferencePrompt): Promise<ReferenceAnswer> {
  const { languageModel } = model;
  const clock = new Stopwatch();
  const video = await encodeFrames(model, frames, clock);
  if (!video) throw new Error('nobody cancels a bench');
  const text = (ids: readonly number[]) => ({
    data: languageModel.embed(ids),
    dims: [ids.length, languageModel.hiddenSize],
  });
  const decoder = languageModel.continueFrom(languageModel.newCache());
  const logits = await clock.time('prefill', () =>
    prefillInChunks(decoder, joinTokens([text(prompt.before), video.tokens, text(prompt.after)]).data),
  );
  const settings = resolveSettings({ maxNewTokens: prompt.newTokens });
  const tokens: number[] = [];
  await clock.time('generate', async () => {
    for await (const token of generateTokens(decoder, logits, settings)) tokens.push(token);
  });
  return { seconds: Object.fromEntries(clock.timings.map(({ stage, seconds }) => [stage, seconds])), tokens };
}

function rowsOf(label: string, ours: ReferenceAnswer[], theirs: ReferenceAnswer[]): Row[] {
  const [playhead, pytorch] = [fastest(ours), fastest(theirs)];
  const stages = (name: string, { seconds }: ReferenceAnswer): Row[] =>
    Object.entries(seconds).map(([stage, value]) => ({ what: `${label}, ${name}: ${stage}`, value, unit: 's' }));
  const same = playhead.tokens.filter((token, i) => token === pytorch.tokens[i]).length;
  return [
    ...stages('Playhead', playhead),
    ...stages('PyTorch', pytorch),
    { what: `${label}: Playhead, frames to text`, value: wholeOf(playhead), unit: 's' },
    { what: `${label}: PyTorch, frames to text`, value: wholeOf(pytorch), unit: 's' },
    { what: `${label}: speed / PyTorch's`, value: wholeOf(pytorch) / wholeOf(playhead), unit: '', target: '≥ 1.5' },
    { what: `${label}: equal tokens / all`, value: same / pytorch.tokens.length, unit: '', target: '1' },
  ];
}

function fastest(answers: readonly ReferenceAnswer[]): ReferenceAnswer {
  return answers.reduce((best, other) => (wholeOf(other) < wholeOf(best) ? other : best));
}

function wholeOf({ seconds }: ReferenceAnswer): number {
  return Object.values(seconds).reduce((sum, value) => sum + value, 0);
}

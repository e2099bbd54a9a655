/** What a person waits for: a whole question with the process's start, and the first word of a second one. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { connectHost } from '../src/main/channel/hostProcess.ts';
import type { AnswerOutput, Clip, LoadedModel, LoadModelInput, ModelHostApi } from '../src/main/ports/modelHostApi.ts';
import { forkHost } from '../src/main/shells/shared/forkHost.ts';
import { minimumOf, secondsOf } from './repeat.ts';
import type { Row } from './report.ts';

const NEW_TOKENS = 24;

export async function benchAsk(bundleFolder: string, clip: Clip, runs: number): Promise<Row[]> {
  const input = { bundleFolder, providers: ['cpu'] };
  const whole = await minimumOf(runs, () =>
    secondsOf(() => withHost(input, (api) => ask(api, clip, 'What is happening?'))),
  );
  const { first, second, restarted } = await firstTokens(input, clip, runs);
  return [
    { what: `ask about ${seconds(clip)} s, process start included`, value: whole, unit: 's', target: '≤ 3 s' },
    { what: 'first question: time to first token', value: first, unit: 's' },
    { what: 'second question: time to first token / first', value: second / first, unit: '', target: '≤ 0.05' },
    { what: 'after a restart: time to first token / first', value: restarted / first, unit: '', target: '≤ 0.1' },
  ];
}

async function firstTokens(input: LoadModelInput, clip: Clip, runs: number) {
  const times = { first: Infinity, second: Infinity, restarted: Infinity };
  for (let run = 0; run < runs; run++) {
    const prefixFolder = await mkdtemp(join(tmpdir(), 'playhead-bench-'));
    await withHost({ ...input, prefixFolder }, async (api) => {
      times.first = Math.min(times.first, untilFirstToken(await ask(api, clip, 'What is happening?')));
      times.second = Math.min(times.second, untilFirstToken(await ask(api, clip, 'Which colours are there?')));
      await untilRemembered(prefixFolder);
    });
    await withHost({ ...input, prefixFolder }, async (api) => {
      times.restarted = Math.min(times.restarted, untilFirstToken(await ask(api, clip, 'Which colours are there?')));
    });
    await rm(prefixFolder, { recursive: true, force: true });
  }
  return times;
}

/** The file is written behind the answer's back. */
async function untilRemembered(prefixFolder: string): Promise<void> {
  while (!(await readdir(prefixFolder)).some((name) => name.endsWith('.kv'))) await setTimeout(20);
}

/** Everything but the generation itself. */
export function untilFirstToken({ provenance }: AnswerOutput): number {
  return provenance.timings.reduce((sum, { stage, seconds }) => (stage === 'generate' ? sum : sum + seconds), 0);
}

export function ask(api: ModelHostApi, clip: Clip, question: string): Promise<AnswerOutput> {
  const generation = { maxNewTokens: NEW_TOKENS };
  return api.answer({ clip, question, modality: 'auto', generation });
}

export async function withHost<T>(
  input: LoadModelInput,
  work: (api: ModelHostApi, loaded: LoadedModel) => Promise<T>,
): Promise<T> {
  const host = connectHost<ModelHostApi>(forkHost('modelHost'));
  try {
    const loaded = await host.api.loadModel(input);
    return await work(host.api, loaded);
  } finally {
    host.kill();
    await host.exited;
  }
}

function seconds({ segment }: Clip): number {
  return segment.endSec - segment.startSec;
}

/** Benchmarks in free words: what the judge is asked, and what becomes of what he says. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBenchmark } from '../../../tools/eval/benchmarks/allBenchmarks.ts';
import { type AnswerLine, answerItems } from '../../../tools/eval/benchmarks/answerItems.ts';
import type { Benchmark, JudgeQuestion } from '../../../tools/eval/benchmarks/benchmark.ts';
import { judgeAt } from '../../../tools/eval/benchmarks/judge.ts';
import { layOut } from '../../support/benchmarks/layOut.ts';

const bytes = new Uint8Array([0]);
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'playhead-judged-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** @param verdicts what the judge says, one after the other, the last again and again */
async function judgedBy(id: string, verdicts: string[], kept: AnswerLine[] = []) {
  const benchmark = findBenchmark(id) as Benchmark;
  layOut(id, root, { film: bytes, sound: bytes, frame: bytes });
  const items = await benchmark.load(root, { numFrames: 8 });
  const asked: JudgeQuestion[] = [];
  const answered = await answerItems(benchmark, items, {
    answerer: { answer: async (_media, question) => `said to: ${question}` },
    record: { known: new Map(kept.map((line) => [line.id, line])), keep: async (line) => void kept.push(line) },
    judge: {
      name: 'test',
      ask: async (question) => {
        asked.push(question);
        return verdicts[Math.min(asked.length, verdicts.length) - 1] ?? '';
      },
    },
    startProgress: () => ({ step: () => {}, end: () => {} }),
    signal: new AbortController().signal,
  });
  return { asked, kept, rows: benchmark.score(answered.results) };
}

it.each(['activitynet-qa', 'msvd-qa', 'avsd', 'avssd'])(
  '%s: accuracy is the share of yes, and a verdict that cannot be read is none',
  async (id) => {
    const { rows, asked } = await judgedBy(id, [
      "{'pred': 'yes', 'score': 4.8}",
      'well',
      "{'binary_pred': 'no', 'score': 1}",
    ]);
    expect(rows[0]?.figures).toEqual({ accuracy: 50, 'mean score (0–5)': 2.5, 'verdicts (%)': 200 / 3 });
    expect(asked).toHaveLength(3);
    expect(asked[0]?.user).toContain('Predicted answer: said to: ');
  },
);

it('AVSSD asks its own question in place of the one in the file', async () => {
  const { kept } = await judgedBy('avssd', ["{'pred': 'yes', 'score': 5}"]);
  expect(kept[0]?.text).toBe('said to: Identify the event in the video.');
});

it('Video-ChatGPT is judged by five aspects, the last by two answers', async () => {
  const scores = [1, 2, 3, 4, 5].map((score) => `{'score': ${score}}`);
  const { rows, asked, kept } = await judgedBy('video-chatgpt', scores);
  expect(rows.map(({ name, figures }) => [name, figures['mean score (0–5)']])).toEqual([
    ...[
      ['correctness', 1],
      ['detail', 2],
      ['context', 3],
      ['temporal', 4],
      ['consistency', 5],
    ],
  ]);
  expect(asked.at(-1)?.user).toContain('Predicted answer to question 2: said to: What is in the pan?');
  expect(kept.at(-1)).toMatchObject({ id: 'consistency/0', further: 'said to: What is in the pan?' });
});

it('MSVC is judged by correctness and detail, Clotho against five captions, and cut as the reference cuts', async () => {
  const msvc = await judgedBy('msvc', ["{'score': 2}", "{'score': 4}"]);
  expect(msvc.rows[0]?.figures).toEqual({ 'correctness (0–5)': 10 / 3, 'detail (0–5)': 4 });
  const clotho = await judgedBy('clotho-captions', ['?', "{'score': 4}"]);
  expect(clotho.asked).toHaveLength(15);
  expect(clotho.rows[0]?.figures).toEqual({ 'paper (0–5)': 11 / 3, 'mean score (0–5)': (3.2 + 4 + 4) / 3 });
});

it('answers that were kept without a judge are judged later, and what was judged is not judged again', async () => {
  const kept: AnswerLine[] = [
    { id: '0/0', text: 'sings' },
    { id: '1/1', text: 'cooks', verdicts: [{ isMatch: true, score: 5 }] },
  ];
  const { asked, rows } = await judgedBy('msvd-qa', ["{'pred': 'no', 'score': 0}"], kept);
  expect(asked).toHaveLength(2);
  expect(rows[0]?.figures.accuracy).toBeCloseTo(100 / 3);
});

describe('a judge at an address', () => {
  let server: Server;
  const seen: { url?: string | undefined; key?: string | undefined; body: string }[] = [];
  let status = 200;
  beforeEach(async () => {
    seen.length = 0;
    status = 200;
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (data) => {
        body += data;
      });
      request.on('end', () => {
        seen.push({ url: request.url, key: request.headers.authorization, body });
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ choices: [{ message: { content: "{'score': 3}" } }] }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;

  it('is asked as such servers are, with the key that was given, and his words come back', async () => {
    const judge = judgeAt({ address: address(), model: 'm', key: 'k' });
    expect(await judge.ask({ system: 's', user: 'u' })).toBe("{'score': 3}");
    expect(seen[0]).toMatchObject({ url: '/v1/chat/completions', key: 'Bearer k' });
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
      model: 'm',
      temperature: 0,
      messages: [{ content: 's' }, { content: 'u' }],
    });
    expect(judge.name).toMatch(/^m at 127\.0\.0\.1/);
  });

  it('who refuses ends the run, with his address', async () => {
    status = 500;
    await expect(judgeAt({ address: address(), model: 'm' }).ask({ system: '', user: '' })).rejects.toMatchObject({
      code: 'unreachable',
    });
  });
});

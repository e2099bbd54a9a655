/**
 * npm run eval -- sample|films|gates|<bundle folder> [--held-out <folder>] [--limit <clips>] [--answers <file>] [--json <file>]
 * npm run eval -- <benchmark> <folder> --model <bundle folder> [--limit <n>] [--chunk <k/n>] [--answers <file>]
 * Scores a bundle on a held-out benchmark or on one of the paper's, through Playhead's own engine and from mp4 files, and
 * prints a Markdown table by task and question type. `docs/sample-model.md` says how a held-out benchmark is made,
 * `docs/benchmarks.md` how those of the paper are laid out.
 */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readArguments, readChoice, readNumber, refuseArguments } from '../scripts/lib/readArguments.mjs';
import { formatError, toErrorInfo } from '../src/contract/errors.ts';
import { answerBenchmark } from './eval/answerBenchmark.ts';
import { allBenchmarks, findBenchmark } from './eval/benchmarks/allBenchmarks.ts';
import type { Benchmark } from './eval/benchmarks/benchmark.ts';
import { reportMarkdown } from './eval/benchmarks/benchmarkReport.ts';
import { readChunk } from './eval/benchmarks/chunks.ts';
import { evaluateBenchmark } from './eval/benchmarks/evaluateBenchmark.ts';
import { judgeAt } from './eval/benchmarks/judge.ts';
import { evaluateFilms } from './eval/films/evaluateFilms.ts';
import { runGates } from './eval/gates/runGates.ts';
import { heldOutClips } from './eval/makeHeldOut.ts';
import { openBundle } from './eval/openBundle.ts';
import { readBenchmark } from './eval/readBenchmark.ts';
import { byClip, openRecord } from './eval/record.ts';
import { reportOf } from './eval/report.ts';
import { searchBenchmark } from './eval/searchBenchmark.ts';
import { writeMarkdown } from './eval/writeMarkdown.ts';

const usage = `Usage: npm run eval -- sample|<bundle folder> [options]
       npm run eval -- <benchmark> <folder> --model <bundle folder> [options]
  <benchmark>: ${allBenchmarks.map(({ id }) => id).join(', ')}
  --model <folder>      the bundle that is asked; "sample" is the one that ships
  --limit <n>           the first questions only
  --chunk <k/n>         the k-th of n parts, for several machines
  --answers <file>      keeps every answer there (JSON lines); a run that was interrupted goes on with them
  --submission <file>   what the benchmark's own server takes (EgoSchema, Perception Test)
  --judge <address>     who judges open answers: a server that speaks as OpenAI's ("http://127.0.0.1:8080/v1"); a key for
                        it is read from PLAYHEAD_JUDGE_KEY
  --judge-model <name>  the model to ask there
       npm run eval -- films [--held-out <folder>] [--films <count>] [--not-indexed]
  films: the whole program is asked about films of four to six held-out clips, in the window's default mode
  --films <count>       so many films (40)
  --not-indexed         asks about them as about files that were never indexed
       npm run eval -- gates [--held-out <folder>] [--limit <clips>] [--only-footage]
  gates: what the sample model takes for its own world that is not, and turns away that is: questions from outside and
  in free words, made-up footage, held-out clips (--only-footage: without the questions)
  --held-out <folder>   the benchmark, made by: python -m training.heldout --out <folder> --clips 2000;
                        without it, 200 clips are made in .playhead/ (once; Python with numpy, and ffmpeg)
  --limit <clips>       questions about the first clips only (0: search alone)
  --answers <file>      keeps every answer there (JSON lines); a run that was interrupted goes on with them
  --search <clips>      search among so many clips (500; 0 leaves search out)
  --json <file>         writes the figures as JSON, too
  --provider <name>     cpu (default) or webgpu`;
/** As many as say something and are made in a few minutes. */
const CLIPS_BY_DEFAULT = 200;

const { positionals, values } = readArguments(usage, {
  allowPositionals: true,
  options: {
    'held-out': { type: 'string' },
    limit: { type: 'string', default: 'Infinity' },
    answers: { type: 'string' },
    search: { type: 'string', default: '500' },
    json: { type: 'string' },
    provider: { type: 'string', default: 'cpu' },
    ...{ model: { type: 'string' }, chunk: { type: 'string', default: '1/1' }, submission: { type: 'string' } },
    ...{ judge: { type: 'string' }, 'judge-model': { type: 'string', default: 'default' } },
    films: { type: 'string', default: '40' },
    'not-indexed': { type: 'boolean', default: false },
    'only-footage': { type: 'boolean', default: false },
  },
});
const [model, ...further] = positionals;
if (model === undefined)
  refuseArguments('Which bundle, or which benchmark? "sample", or the folder of a bundle', usage);
const benchmark = findBenchmark(model);
const [benchmarkFolder, ...surplus] = benchmark ? further : [undefined, ...further];
if (benchmark && (benchmarkFolder === undefined || values.model === undefined))
  refuseArguments('A benchmark is asked as: <benchmark> <folder> --model <bundle folder>', usage);
if (surplus.length > 0) refuseArguments(`One bundle at a time: ${surplus.join(' ')} is too much`, usage);
const limit = readNumber(values.limit, { name: 'limit', usage });
const searchLimit = readNumber(values.search, { name: 'search', usage });
const chunk = readChunk(values.chunk) ?? refuseArguments(`--chunk is "k/n", not "${values.chunk}"`, usage);
const provider = readChoice(values.provider, { name: 'provider', usage, choices: ['cpu', 'webgpu'] });

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
const running = benchmark && benchmarkFolder ? askBenchmark(benchmark, benchmarkFolder) : evaluate(model);
process.exitCode = await running.catch((thrown: unknown) => {
  console.error(stop.signal.aborted ? '\nStopped.' : `eval: ${formatError(toErrorInfo(thrown))}`);
  return stop.signal.aborted ? 130 : 1;
});

async function askBenchmark(benchmark: Benchmark, folder: string): Promise<number> {
  const { judge: address, 'judge-model': judgeModel, answers, submission } = values;
  const key = process.env.PLAYHEAD_JUDGE_KEY;
  const judge = address ? judgeAt({ address, model: judgeModel, ...(key ? { key } : {}) }) : null;
  const bundle = await openBundle(bundleFolder(values.model ?? ''), provider);
  try {
    const run = { benchmark, folder: resolve(folder), limit, chunk, answers, submission, judge, signal: stop.signal };
    const report = await evaluateBenchmark(bundle, run);
    console.log(reportMarkdown(report));
    if (values.json) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
    return 0;
  } finally {
    bundle.close();
  }
}

function bundleFolder(name: string): string {
  const isSample = name === 'sample' || name === 'gates';
  return isSample ? join(import.meta.dirname, '..', 'resources/models/sample-av') : resolve(name);
}

async function evaluate(name: string): Promise<number> {
  if (name === 'films') {
    const heldOut = resolve(values['held-out'] ?? (await heldOutClips(CLIPS_BY_DEFAULT, stop.signal)));
    const films = readNumber(values.films, { name: 'films', usage });
    const isIndexed = !values['not-indexed'];
    console.log(await evaluateFilms({ heldOut, films, isIndexed, signal: stop.signal }));
    return 0;
  }
  const folder = bundleFolder(name);
  const heldOut = values['held-out'] ?? (await heldOutClips(CLIPS_BY_DEFAULT, stop.signal));
  const benchmark = await readBenchmark(resolve(heldOut));
  const { clips, fingerprint } = benchmark;
  const bundle = await openBundle(folder, provider);
  try {
    if (name === 'gates') {
      const counted = Number.isFinite(limit) ? limit : CLIPS_BY_DEFAULT;
      console.log(await runGates(bundle, { heldOut: benchmark, clips: counted, onlyFootage: values['only-footage'] }));
      return 0;
    }
    const record = await openRecord(values.answers, `${bundle.fingerprint} about ${fingerprint}`, byClip);
    const answered = await answerBenchmark(bundle, clips.slice(0, limit), record, stop.signal);
    const search = await searchBenchmark(bundle, clips.slice(0, searchLimit), stop.signal);
    const report = reportOf(bundle, answered, search);
    console.log(writeMarkdown(report));
    if (values.json) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
    return 0;
  } finally {
    bundle.close();
  }
}

/** The sample bundle is asked through every loader, and a run that was killed goes on. Clips are made by ffmpeg. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { requireTool } from '../../../src/main/media/locateFfmpeg.ts';
import { allBenchmarks } from '../../../tools/eval/benchmarks/allBenchmarks.ts';
import { reportMarkdown } from '../../../tools/eval/benchmarks/benchmarkReport.ts';
import { boundedBy } from '../../../tools/eval/benchmarks/bundleAnswerer.ts';
import { evaluateBenchmark } from '../../../tools/eval/benchmarks/evaluateBenchmark.ts';
import { subtitlesOfFrames } from '../../../tools/eval/benchmarks/subtitlesOfFrames.ts';
import { type OpenBundle, openBundle } from '../../../tools/eval/openBundle.ts';
import { layOut, type Media } from '../../support/benchmarks/layOut.ts';

const repository = join(import.meta.dirname, '../../..');
const sample = join(repository, 'resources/models/sample-av');
const folder = mkdtempSync(join(tmpdir(), 'playhead-benchmarks-'));
let media: Media;
let bundle: OpenBundle;
beforeAll(async () => {
  const { path: ffmpeg } = await requireTool('ffmpeg');
  const make = (name: string, ...args: string[]) => {
    const run = spawnSync(ffmpeg, ['-v', 'error', ...args, '-y', join(folder, name)], { encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    return readFileSync(join(folder, name));
  };
  const bars = ['-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=10:duration=2'];
  const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=2'];
  media = {
    film: make('film.mp4', ...bars, ...tone, '-c:v', 'mpeg4', '-c:a', 'aac'),
    sound: make('sound.wav', ...tone),
    frame: make('frame.jpg', ...bars, '-frames:v', '1'),
  };
  for (const { id } of allBenchmarks) layOut(id, join(folder, id), media);
  bundle = await openBundle(sample, 'cpu');
});
afterAll(() => {
  bundle?.close();
  rmSync(folder, { recursive: true, force: true });
});

it.each(allBenchmarks.map((benchmark) => [benchmark.id, benchmark] as const))('%s', async (id, benchmark) => {
  // Of MVBench all three: a bounded film, a whole one, a folder of frames.
  const report = await evaluateBenchmark(bundle, {
    ...{ benchmark, folder: join(folder, id), limit: id === 'mvbench' ? 3 : 1, chunk: { part: 1, of: 1 } },
    ...{ judge: null, signal: new AbortController().signal },
  });
  expect([report.missing, report.unread]).toEqual([[], []]);
  expect(report.answered).toBe(report.questions);
  const markdown = reportMarkdown(report);
  expect(markdown).toContain(`**${benchmark.name}**`);
  expect(markdown).toContain(`${report.answered} of ${report.questions} questions answered`);
  expect(markdown).toMatch(/\| by \| group \| questions \|/);
});

it('subtitles that are shown at the frames are put before the question', async () => {
  const root = join(folder, 'video-mme');
  const film = join(root, 'videos/aaaaaaaaaa1.mp4');
  const subtitles = join(root, 'subtitles/aaaaaaaaaa1.srt');
  expect(await subtitlesOfFrames({ subtitles, film, numFrames: 4 })).toBe(
    'Hello there.\nHello there.\nGoodbye.\nGoodbye.',
  );
});

it('a run that was killed goes on where it was, and asks nothing twice', async () => {
  const answers = join(folder, 'answers.jsonl');
  const args = ['tools/eval.ts', 'mvbench', join(folder, 'mvbench'), '--model', sample, '--answers', answers];
  const run = (): ChildProcess => spawn(process.execPath, args, { cwd: repository, stdio: 'pipe' });
  const lines = () => (existsSync(answers) ? readFileSync(answers, 'utf8').split('\n').filter(Boolean) : []);
  const first = run();
  const closed = once(first, 'close');
  // Killed with one answer kept, or more where it is quick.
  await vi.waitFor(() => expect(lines().length > 1 || first.exitCode !== null).toBe(true), {
    timeout: 600_000,
    interval: 5,
  });
  first.kill('SIGKILL');
  await closed;
  const before = lines();

  let printed = '';
  const second = run();
  second.stdout?.on('data', (data) => {
    printed += data;
  });
  expect(await new Promise((resolve) => second.on('close', resolve))).toBe(0);
  expect(printed).toContain('3 of 3 questions answered');
  expect(lines().slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  const ids = lines()
    .slice(1)
    .flatMap((line) => {
      try {
        return [JSON.parse(line).id as string];
      } catch {
        return []; // the line that the kill cut off
      }
    });
  expect(ids.sort()).toEqual([...new Set(ids)].sort());
  expect(ids).toHaveLength(3);
});

it.each([
  [{ startSec: -1, endSec: 1 }, [0, 1]],
  [{ startSec: 3, endSec: 1 }, [1, 3]],
  [{ startSec: 2, endSec: 2 }, [2, 3]],
  [{ startSec: 2, endSec: 99 }, [2, 4]],
  [{ startSec: 9, endSec: 12 }, [0, 4]],
  [undefined, [0, 4]],
])('a stretch %j of four seconds is bounded as the reference bounds it', (segment, [startSec, endSec]) => {
  expect(boundedBy(segment, 4)).toEqual({ startSec, endSec });
});

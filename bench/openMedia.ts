/**
 * What opening files costs, against ffprobe alone on the same files in the same run, two at a time:
 *
 *   node bench/openMedia.ts [files]      (default: 60)
 */
import { copyFile, mkdtemp, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import PQueue from 'p-queue';
import { locateTools } from '../src/main/media/locateFfmpeg.ts';
import { openMedia } from '../src/main/media/openMedia.ts';
import { minimumOf, secondsOf } from './repeat.ts';
import { tableHead, tableRow } from './report.ts';

const FILES = Number(process.argv[2] ?? 60);
const AT_ONCE = 2;
const RUNS = 3;

const folder = await mkdtemp(join(tmpdir(), 'playhead-bench-'));
const tools = await locateTools();
const ffmpeg = tools.ffmpeg.path ?? 'ffmpeg';
const ffprobe = tools.ffprobe.path ?? 'ffprobe';
try {
  console.log(tableHead);
  const files = await copies(await makeClip(), FILES);
  const probing = await measure(files, (file) =>
    execa(ffprobe, ['-v', 'error', '-show_format', '-show_streams', file]),
  );
  const opening = await measure(files, openAnew);
  const indexing = await measure(files.slice(0, 10), everythingButRecognisers);
  row('files a second, ffprobe alone', probing.perSecond);
  row('files a second, openMedia', opening.perSecond, 'at least 20 on two idle cores');
  row('openMedia to ffprobe', opening.perSecond / probing.perSecond);
  row('milliseconds of processor a file, ffprobe alone', probing.processorMs);
  row('milliseconds of processor a file, openMedia', opening.processorMs);
  row(
    'milliseconds of processor for a clip of 1 s: opened, poster, scenes, subtitles, thumbnail',
    indexing.processorMs,
    'at most 1,000 (0.5 s on two cores)',
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

function row(what: string, value: number, target?: string): void {
  console.log(tableRow({ what, value, unit: '', ...(target ? { target } : {}) }));
}

async function makeClip(): Promise<string> {
  const file = join(folder, 'clip.mp4');
  const sources = ['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=1', '-f', 'lavfi', '-i', 'sine=d=1'];
  await execa(ffmpeg, ['-v', 'error', ...sources, '-c:v', 'libx264', '-c:a', 'aac', file]);
  return file;
}

async function copies(clip: string, count: number): Promise<string[]> {
  const files = Array.from({ length: count }, (_, i) => join(folder, `${i}.mp4`));
  for (const file of files) await copyFile(clip, file);
  return files;
}

/** The best of the runs, and the least processor time: the first one depends on what else the machine does. */
async function measure(files: readonly string[], work: (file: string) => Promise<unknown>) {
  let processorMs = Number.POSITIVE_INFINITY;
  const seconds = await minimumOf(RUNS, async () => {
    const before = await processorTimeMs();
    const elapsed = await secondsOf(() => inPairs(files, work));
    processorMs = Math.min(processorMs, ((await processorTimeMs()) - before) / files.length);
    return elapsed;
  });
  return { perSecond: files.length / seconds, processorMs };
}

/** Of this process and of those that it waited for; the latter are told by Linux alone. */
async function processorTimeMs(): Promise<number> {
  const { user, system } = process.cpuUsage();
  const stat = await readFile('/proc/self/stat', 'utf8').catch(() => '');
  const [childrenUser = 0, childrenSystem = 0] = stat.split(') ')[1]?.split(' ').slice(13, 15).map(Number) ?? [];
  return (user + system) / 1000 + (childrenUser + childrenSystem) * 10; // ticks of 10 ms
}

async function inPairs(files: readonly string[], work: (file: string) => Promise<unknown>): Promise<void> {
  const queue = new PQueue({ concurrency: AT_ONCE });
  await queue.addAll(files.map((file) => () => work(file)));
}

/** What was opened is remembered for as long as the file does not change. */
async function openAnew(file: string): Promise<void> {
  await utimes(file, new Date(), new Date());
  await openMedia(file);
}

async function everythingButRecognisers(file: string): Promise<void> {
  await utimes(file, new Date(), new Date());
  const media = await openMedia(file);
  await media.thumbnails([{ outFile: `${file}.poster.jpg` }]);
  const { segments } = await media.scenes();
  await media.subtitles();
  await media.thumbnails(segments.map((segment, i) => ({ segment, outFile: `${file}.${i}.jpg` })));
}

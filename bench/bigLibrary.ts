/**
 * A library of many short files, and its life: how fast it comes, how fast it opens, how soon a change is seen.
 *
 *   node bench/bigLibrary.ts [files] [named]      (default: 10000 100000)
 *
 * The first are sounds of a tenth of a second, each its own content; the second are names alone. No index job runs, so
 * that each step is measured by itself.
 */
import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Job, readingKinds } from '../src/contract/index.ts';
import { createEngine, type Engine } from '../src/main/engine/createEngine.ts';
import { MAKING_PICTURES } from '../src/main/engine/jobs/probeJob.ts';
import { forkHost } from '../src/main/shells/shared/forkHost.ts';
import { appFolder } from '../src/main/shells/shared/localEngine.ts';
import { FILES_PER_FOLDER, LONG_AGO, tone, writeAt } from './manyFiles.ts';
import { minimumOf, secondsOf } from './repeat.ts';
import { type Row, tableHead, tableRow } from './report.ts';

const [files = 10_000, named = 100_000] = process.argv.slice(2).map(Number);
const home = mkdtempSync(join(tmpdir(), 'playhead-big-'));
const rows: Row[] = [];
/** The jobs of each engine, as they were told last. */
const told = new WeakMap<Engine, Map<string, Job>>();

try {
  await measureNames();
  await measureFiles();
} finally {
  rmSync(home, { recursive: true, force: true });
}
console.log(
  `Load of the machine meanwhile: ${loadavg()
    .map((load) => load.toFixed(1))
    .join(', ')}\n`,
);
console.log(tableHead);
for (const row of rows) console.log(tableRow(row));

async function measureNames(): Promise<void> {
  const root = join(home, 'names');
  for (let i = 0; i < named; i++) writeAt(root, i, 'mp4', Buffer.alloc(1 + (i % 97)));
  const engine = await open('names library');
  const gap = widestGap();
  const cpu = process.cpuUsage();
  const seconds = await secondsOf(() => scan(engine, root));
  rows.push({
    what: 'of this, processor time of the main process and the library',
    value: cpuMs(cpu) / named,
    unit: 'ms a file',
  });
  rows.push({ what: `${named} files by name`, value: named / seconds, unit: 'files/s', target: '≥ 1,000' });
  rows.push({ what: 'longest stall of the main process meanwhile', value: gap(), unit: 'ms' });
  await engine.close();
  const opening = await minimumOf(5, () => secondsToFirstPaint('names library'));
  rows.push({ what: `${named} names open: start to first paint’s data`, value: opening * 1000, unit: 'ms' });
}

/** Milliseconds since `before`, of all threads of this process; programs that it starts not counted. */
function cpuMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function measureFiles(): Promise<void> {
  const root = join(home, 'files');
  for (let i = 0; i < files; i++) writeAt(root, i, 'wav', tone(200 + i));
  const engine = await open('library', true);
  await scan(engine, root);
  const unread = () => engine.api.listMedia({ limit: 1 }).then(({ total }) => total);
  if ((await unread()) !== files) throw new Error('not all files were found');
  const probing = await secondsOf(() => probed(engine));
  rows.push({ what: 'probed', value: files / probing, unit: 'files/s', target: '≥ 20' });
  await watched(engine);
  let next = files;
  const seen = await minimumOf(5, () => secondsUntilSeen(engine, join(root, '0'), next++));
  rows.push({ what: 'a new file on disk is in the list', value: seen, unit: 's', target: '≤ 2' });
  const before = await idsIn(engine, 'clip 1');
  const moving = await secondsOf(async () => {
    renameSync(join(root, '1'), join(root, 'moved'));
    await until(
      engine,
      async () => (await pathsWith(engine, join(root, 'moved'))) >= Math.min(FILES_PER_FOLDER, files),
    );
  });
  rows.push({ what: 'a moved tree of 1,000 files is known in its new place', value: moving, unit: 's' });
  rows.push({
    what: 'of these, files that are the same items as before',
    value: (await idsIn(engine, 'clip 1')) === before ? 1 : 0,
    unit: '',
    target: '1',
  });
  await engine.close();
  const cpu = process.cpuUsage();
  const opening = await minimumOf(5, () => secondsToFirstPaint('library'));
  rows.push({ what: 'of opening, processor time', value: cpuMs(cpu) / 5, unit: 'ms' });
  rows.push({
    what: `${files} files open: start to first paint’s data`,
    value: opening * 1000,
    unit: 'ms',
    target: '≤ 500',
  });
}

/** With index jobs paused as they come: they would take the machine from what is measured. */
async function open(library: string, watchRoots = false): Promise<Engine> {
  const engine = await createEngine({
    ...{ version: 'bench', libraryFolder: join(home, library), resourcesFolder: join(appFolder, 'resources') },
    ...{ spawnHost: forkHost, watchRoots },
  });
  const jobs = new Map<string, Job>();
  told.set(engine, jobs);
  engine.onEvent((event) => event.type === 'job' && jobs.set(event.job.id, event.job));
  await pauseReading(engine);
  return engine;
}

async function pauseReading(engine: Engine): Promise<void> {
  await engine.api.changeJobs({ change: 'pause', kinds: readingKinds });
}

/** What a window asks for before it shows anything. */
async function secondsToFirstPaint(library: string): Promise<number> {
  let engine: Engine | null = null;
  const seconds = await secondsOf(async () => {
    engine = await open(library);
    const { api } = engine;
    await Promise.all([api.status({}), api.listMedia({ limit: 200 }), api.listJobs({ limit: 1000 }), api.work({})]);
    await Promise.all([api.listRoots({}), api.listTags({}), api.listCollections({})]);
  });
  await (engine as Engine | null)?.close();
  return seconds;
}

async function scan(engine: Engine, root: string): Promise<void> {
  const { jobId } = await engine.api.addToLibrary({ paths: [root] });
  await ended(engine, (job) => job.id === jobId);
  await pauseReading(engine);
}

/** Until all that was found is opened; pictures come after. */
async function probed(engine: Engine): Promise<void> {
  const isOpened = ({ kind, stage, state }: Job) => kind === 'probe' && (stage === MAKING_PICTURES || state === 'done');
  await new Promise<void>((resolve) => {
    engine.onEvent((event) => event.type === 'job' && isOpened(event.job) && resolve());
    if ([...(told.get(engine)?.values() ?? [])].some(isOpened)) resolve();
  });
}

/** Until a job of this sort has ended; one may have ended already. */
function ended(engine: Engine, isMeant: (job: Job) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (job: Job) => {
      if (isMeant(job) && ['done', 'failed', 'cancelled'].includes(job.state)) resolve();
    };
    engine.onEvent((event) => event.type === 'job' && look(event.job));
    for (const job of told.get(engine)?.values() ?? []) look(job);
  });
}

async function watched(engine: Engine): Promise<void> {
  await until(engine, async () => (await engine.api.listRoots({})).every(({ state }) => state === 'watched'));
}

/** Looks whenever something is told, and now. */
function until(engine: Engine, holds: () => Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    let isLooking = false;
    let mustLookAgain = false;
    const look = async () => {
      mustLookAgain = isLooking;
      if (isLooking) return;
      isLooking = true;
      const isDone = await holds().catch(reject);
      isLooking = false;
      if (isDone) {
        stop();
        resolve();
      } else if (mustLookAgain) void look();
    };
    const stop = engine.onEvent(() => void look());
    void look();
  });
}

async function secondsUntilSeen(engine: Engine, folder: string, number: number): Promise<number> {
  const [made, name] = [join(home, 'made.wav'), `seen ${number}.wav`];
  writeFileSync(made, tone(200 + number));
  utimesSync(made, LONG_AGO, LONG_AGO);
  return secondsOf(async () => {
    renameSync(made, join(folder, name));
    await until(engine, async () => (await engine.api.listMedia({ text: name })).total === 1);
  });
}

async function idsIn(engine: Engine, text: string): Promise<string> {
  const { items } = await engine.api.listMedia({ text, sort: 'name', limit: 1000 });
  return items.map(({ id }) => id).join();
}

async function pathsWith(engine: Engine, folder: string): Promise<number> {
  const roots = await engine.api.listRoots({});
  const { items } = await engine.api.listMedia({
    within: { rootId: roots[0]?.id },
    sort: 'name',
    limit: 1000,
    offset: FILES_PER_FOLDER,
  });
  return items.filter(({ path, state }) => path.startsWith(folder) && state !== 'offline').length;
}

/** Milliseconds for which the event loop was held longest, when the function that is given back is called. */
function widestGap(): () => number {
  let [last, widest] = [performance.now(), 0];
  const timer = setInterval(() => {
    widest = Math.max(widest, performance.now() - last - 10);
    last = performance.now();
  }, 10);
  return () => {
    clearInterval(timer);
    return widest;
  };
}

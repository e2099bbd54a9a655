/**
 * `node tools/buildSampleIndex.ts`: indexes the sample clips with the sample bundle, as Playhead does, and writes
 * what came of it to `resources/sample-index/`, which a first start shows at once. To be run after every change of the
 * bundle, of the clips, or of what indexing gives; a test compares the two.
 */
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createEngine } from '../src/main/engine/createEngine.ts';
import {
  bundleDigest,
  encodeVector,
  type PreparedClip,
  type PreparedIndex,
  preparedIndexFileName,
} from '../src/main/engine/preparedIndex/preparedIndexFile.ts';
import { connectLibrary } from '../src/main/library/connectLibrary.ts';
import { fingerprintFile } from '../src/main/media/fingerprint.ts';
import type { LibraryApi } from '../src/main/ports/libraryApi.ts';
import { forkHost } from '../src/main/shells/shared/forkHost.ts';

const resources = join(import.meta.dirname, '..', 'resources');
const samples = join(resources, 'samples');
const shipped = join(resources, 'sample-index');
const bundleFolder = join(resources, 'models', 'sample-av');
/** What is shipped stays as it is until the new one is whole. */
const fresh = `${shipped}.new`;

const libraryFolder = await mkdtemp(join(tmpdir(), 'playhead-sample-index-'));
try {
  await indexSamples();
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await writeIndex();
  await rm(shipped, { recursive: true, force: true });
  await rename(fresh, shipped);
} finally {
  await rm(libraryFolder, { recursive: true, force: true });
}

async function indexSamples(): Promise<void> {
  const engine = await createEngine({
    version: 'build',
    libraryFolder,
    resourcesFolder: resources,
    spawnHost: forkHost,
    modelFolder: bundleFolder,
  });
  engine.onEvent((event) => {
    if (event.type === 'job' && event.job.kind === 'index' && event.job.state === 'done') {
      process.stderr.write(`${event.job.title}\n`);
    }
  });
  await engine.api.addToLibrary({ paths: [samples] });
  await engine.whenIdle();
  await engine.close();
}

async function writeIndex(): Promise<void> {
  const library = await connectLibrary({ folder: libraryFolder });
  const { clips } = JSON.parse(await readFile(join(samples, 'samples.json'), 'utf8')) as { clips: { file: string }[] };
  const index: PreparedIndex = { formatVersion: 2, bundle: await bundleDigest(bundleFolder), clips: [] };
  for (const { file } of clips) index.clips.push(await readClip(library, file));
  await writeFile(join(fresh, preparedIndexFileName), `${JSON.stringify(index, null, 1)}\n`);
  await library.close();
}

async function readClip(library: LibraryApi, file: string): Promise<PreparedClip> {
  const { items } = await library.listMedia({ text: file, sort: 'name', offset: 0, limit: 10 });
  const item = items.find(({ fileName }) => fileName === file);
  if (item?.state !== 'ready') throw new Error(`${file} was not indexed`);
  const { segments } = await library.getMedia(item.id);
  const vectors = await library.getVectors(item.id);
  const { kind, durationSec, width, height, fps, hasAudio, videoCodec, sizeBytes } = item;
  return {
    file,
    fingerprint: await fingerprintFile(item.path, sizeBytes),
    facts: { kind, durationSec, width, height, fps, hasAudio, videoCodec, sizeBytes },
    notices: item.notices,
    segments: await Promise.all(
      segments.map(async ({ id, startSec, endSec, knowledge }) => ({
        startSec,
        endSec,
        thumbnail: await copyThumbnail(await library.thumbnailFile(id)),
        knowledge,
        vectors: vectors
          .filter(({ segmentId }) => segmentId === id)
          .map(({ space, vector }) => ({ space, dimensions: vector.length, values: encodeVector(vector) })),
      })),
    ),
  };
}

async function copyThumbnail(path: string | null): Promise<string | null> {
  if (path === null) return null;
  await cp(path, join(fresh, basename(path)));
  return basename(path);
}

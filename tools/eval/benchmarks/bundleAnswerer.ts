/** A bundle under test, asked as the reference asks: one look at frames spread over the clip, greedy. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { requireTool } from '../../../src/main/media/locateFfmpeg.ts';
import { openMedia } from '../../../src/main/media/openMedia.ts';
import type { Clip } from '../../../src/main/ports/modelHostApi.ts';
import type { OpenBundle } from '../openBundle.ts';
import type { Answerer } from './answerItems.ts';
import type { ItemMedia } from './benchmark.ts';

export function bundleAnswerer({ api }: Pick<OpenBundle, 'api'>, signal: AbortSignal): Answerer {
  return {
    async answer(media, question) {
      const film = media.framesPerSec === undefined ? null : await filmOf(media.path, media.framesPerSec);
      try {
        const clip = await clipOf(film ? { ...media, path: film } : media);
        const { text } = await api.answer({ clip, question, modality: sensesOf(media, clip) }, { signal });
        return text;
      } finally {
        if (film) await rm(join(film, '..'), { recursive: true, force: true });
      }
    },
  };
}

/** A film without sound is seen alone, as the reference does with one. */
function sensesOf({ modality }: ItemMedia, { hasAudio }: Clip) {
  return modality === 'av' && !hasAudio ? 'video' : modality;
}

async function clipOf({ path, segment }: ItemMedia & { path: string }): Promise<Clip> {
  const { kind, durationSec, hasAudio } = (await openMedia(path)).facts;
  return { path, kind, hasAudio, segment: boundedBy(segment, durationSec), isHeardAsReference: true };
}

/** As the reference bounds a clip: never before the beginning, turned round if need be, a second of nothing. */
export function boundedBy(segment: ItemMedia['segment'], durationSec: number): Clip['segment'] {
  if (!segment) return { startSec: 0, endSec: durationSec };
  const [a, b] = [Math.max(0, segment.startSec), Math.max(0, segment.endSec)].sort((one, other) => one - other);
  const startSec = Math.min(a ?? 0, durationSec);
  const endSec = Math.min(a === b ? startSec + 1 : (b ?? 0), durationSec);
  return endSec > startSec ? { startSec, endSec } : { startSec: 0, endSec: durationSec };
}

/** A folder of numbered JPEGs as a film: their bytes as they are, so many a second. */
async function filmOf(folder: string, framesPerSec: number): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /\.jpe?g$/i.test(name)).sort();
  const frames = await Promise.all(names.map((name) => readFile(join(folder, name))));
  const film = join(await mkdtemp(join(tmpdir(), 'playhead-frames-')), 'frames.mkv');
  const { path: ffmpeg } = await requireTool('ffmpeg');
  const input = ['-f', 'mjpeg', '-framerate', String(framesPerSec), '-i', 'pipe:0'];
  await execa(ffmpeg, ['-v', 'error', ...input, '-c:v', 'copy', '-y', film], { input: Buffer.concat(frames) });
  return film;
}

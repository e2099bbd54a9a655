/** Films of several scenes, joined from held-out clips of the sample world; the scripts of the clips are their truth. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import * as z from 'zod';
import { requireTool } from '../../../src/main/media/locateFfmpeg.ts';
import { openMedia } from '../../../src/main/media/openMedia.ts';

/** Seconds of one clip of the world. */
const SCENE_SECONDS = 4;
const SCENES = [4, 5, 6];

const clipSchema = z.object({
  clip: z.string().regex(/^[\w.-]+$/),
  objects: z.array(z.object({ colour: z.string(), shape: z.string() })),
  sounds: z.array(z.object({ kind: z.string(), count: z.int() })),
});
type ScriptedClip = z.infer<typeof clipSchema>;

export interface FilmScene extends Pick<ScriptedClip, 'objects' | 'sounds'> {
  startSec: number;
  endSec: number;
}

export interface Film {
  path: string;
  scenes: FilmScene[];
}

/**
 * @param heldOut the folder of a benchmark, see `readBenchmark`
 * @param folder where the films are written; one that is there is taken as it is
 */
export async function makeFilms(heldOut: string, folder: string, count: number, signal: AbortSignal): Promise<Film[]> {
  await mkdir(folder, { recursive: true });
  const clips = await readClips(heldOut);
  const films: Film[] = [];
  for (let at = 0; films.length < count; ) {
    const scenes = clips.slice(at, at + (SCENES[films.length % SCENES.length] as number));
    at += scenes.length;
    if (scenes.length < (SCENES[0] as number)) break;
    const path = join(folder, `film-${String(films.length).padStart(3, '0')}.mp4`);
    await joinClips(
      scenes.map(({ clip }) => join(heldOut, clip)),
      path,
      signal,
    );
    films.push({ path, scenes: scenes.map(sceneOf) });
  }
  return films;
}

function sceneOf({ objects, sounds }: ScriptedClip, index: number): FilmScene {
  return { objects, sounds, startSec: index * SCENE_SECONDS, endSec: (index + 1) * SCENE_SECONDS };
}

async function readClips(heldOut: string): Promise<ScriptedClip[]> {
  const text = await readFile(join(heldOut, 'clips.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => clipSchema.parse(JSON.parse(line)));
}

async function joinClips(clips: readonly string[], path: string, signal: AbortSignal): Promise<void> {
  const ffmpeg = await requireTool('ffmpeg');
  const opened = await Promise.all(clips.map((clip) => openMedia(clip)));
  const picture = clips.map(
    (_, i) =>
      `[${i}:v]trim=duration=${SCENE_SECONDS},setpts=PTS-STARTPTS,fps=25,scale=640:360,setsar=1,format=yuv420p[v${i}]`,
  );
  const sound = opened.map(({ facts }, i) =>
    facts.hasAudio
      ? `[${i}:a]aresample=48000,aformat=channel_layouts=mono,apad=whole_dur=${SCENE_SECONDS},atrim=duration=${SCENE_SECONDS}[a${i}]`
      : `anullsrc=r=48000:cl=mono,atrim=duration=${SCENE_SECONDS}[a${i}]`,
  );
  const joined = `${clips.map((_, i) => `[v${i}][a${i}]`).join('')}concat=n=${clips.length}:v=1:a=1[v][a]`;
  const inputs = clips.flatMap((clip) => ['-i', clip]);
  const filter = [...picture, ...sound, joined].join(';');
  const encoding = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-c:a', 'aac', '-b:a', '96k'];
  const args = [
    '-v',
    'error',
    '-y',
    ...inputs,
    '-filter_complex',
    filter,
    '-map',
    '[v]',
    '-map',
    '[a]',
    ...encoding,
    path,
  ];
  await execa(ffmpeg.path, args, { cancelSignal: signal });
}

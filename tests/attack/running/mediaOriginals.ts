/** Whole files of two seconds, one of each sort that is read often; they are made once in a process. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { ffmpeg } from '../../support/media.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'media');
const picture = '-f lavfi -i testsrc=size=160x120:rate=10:duration=2';
const sound = '-f lavfi -i sine=frequency=440:duration=2';
/** By the ending: how it is encoded. */
const sorts: Record<string, string> = {
  mp4: `${picture} ${sound} -c:v libx264 -pix_fmt yuv420p -c:a aac`,
  mov: `${picture} ${sound} -c:v mpeg4 -c:a pcm_s16le`,
  mkv: `${picture} ${sound} -c:v libx264 -pix_fmt yuv420p -c:a flac`,
  webm: `${picture} ${sound} -c:v libvpx -c:a libvorbis`,
  avi: `${picture} ${sound} -c:v mpeg4 -c:a libmp3lame`,
  ts: `${picture} ${sound} -c:v mpeg2video -c:a mp2`,
  flv: `${picture} -c:v flv`,
  wav: sound,
  mp3: sound,
  flac: sound,
  ogg: `${sound} -c:a libvorbis`,
  m4a: `${sound} -c:a aac`,
  gif: picture,
  png: `${picture} -frames:v 1`,
  jpg: `${picture} -frames:v 1`,
};

export interface Original {
  /** With the dot. */
  extension: string;
  bytes: Buffer;
}

let made: Promise<Original[]> | null = null;

export function mediaOriginals(): Promise<Original[]> {
  made ??= makeOriginals();
  return made;
}

async function makeOriginals(): Promise<Original[]> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-originals-'));
  for (const [ending, how] of Object.entries(sorts))
    await ffmpeg(...how.split(' '), join(folder, `original.${ending}`));
  const files = [folder, fixtures].flatMap((at) => readdirSync(at).map((name) => join(at, name)));
  const originals = files
    .filter((file) => !/\.(py|srt)$/.test(file))
    .map((file) => ({ extension: extname(file), bytes: readFileSync(file) }));
  await rm(folder, { recursive: true });
  return originals;
}

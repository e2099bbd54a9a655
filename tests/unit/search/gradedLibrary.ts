/** A small library of real files: names, folders, tags, subtitles in four scripts, text on the screen, a cat, shapes. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ffmpeg } from '../../support/media.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const samples = join(repository, 'resources', 'samples');
const fixtures = join(repository, 'tests', 'fixtures', 'recognise');

/** Clips of the sample world, under names that say nothing of them, and real pictures of the fixtures. */
const copies: Record<string, string> = {
  'shapes/one.mp4': join(samples, 'red-circle-and-bell.mp4'),
  'shapes/three.mp4': join(samples, 'blue-square-grows-to-three-beeps.mp4'),
  'shapes/four.mp4': join(samples, 'yellow-star-spins.mp4'),
  'bakery.mp4': join(fixtures, 'cat-then-title.mp4'),
  'track03.ogg': join(fixtures, 'speech.ogg'),
};

/** Seconds of a plain picture with a tone, and what ffmpeg is told besides. */
const plain: Record<string, { seconds: number; more?: string[] }> = {
  'peppers.mp4': { seconds: 2 },
  'RoadTrip_Iceland2019.mp4': { seconds: 2 },
  'party 🎉🎂.mp4': { seconds: 2 },
  '🇮🇸/day one.mp4': { seconds: 2 },
  'Grandma’s 80th birthday/speech.mp4': { seconds: 2 },
  'Grandma’s 80th birthday/IMG_0042.mp4': { seconds: 2 },
  'lecture.mp4': { seconds: 12 },
  'dialogue.mp4': { seconds: 8 },
  'tokyo.mp4': { seconds: 6 },
  'moscow.mp4': { seconds: 4 },
  'inside.mkv': {
    seconds: 4,
    more: ['-metadata', 'title=Harbour lights', '-metadata', 'comment=Filmed from the pier'],
  },
};

/** Sounds with tags; Ogg keeps them in its stream. */
const sounds: Record<string, Record<string, string>> = {
  'track01.mp3': { title: 'Sinnerman', artist: 'Nina Simone', album: 'Pastel Blues' },
  'track02.ogg': { title: 'Jóga', artist: 'Björk' },
  'interview.m4a': { title: 'Interview with the lighthouse keeper', description: 'He talks about storms' },
};

const subtitles: Record<string, [from: number, to: number, text: string][]> = {
  'lecture.en.srt': [
    [1, 3, 'Welcome to a lecture about volcanoes.'],
    [4.5, 7, 'Hot lava flows downhill,\nright into the sea.'],
    [8, 11, 'The sea is cold. Thank you for listening.'],
  ],
  'dialogue.vtt': [
    [0.5, 2, 'I never said she stole my money.'],
    [3, 5, "It's D'Addario strings or nothing!"],
    [5.5, 7.5, 'She said: never again.'],
  ],
  'tokyo.srt': [
    [1, 3, '東京タワーの夜景'],
    [3.5, 5.5, 'きれいですね'],
  ],
  'moscow.srt': [[1, 3, 'Привет, мир! Добро пожаловать']],
  // Over footage that is seen and read as well: one question may be answered by several kinds of knowledge.
  'shapes/one.srt': [[1, 3, 'Here comes the parade.']],
  'bakery.srt': [
    [0.5, 2.5, 'Fresh bread is ready.'],
    [4, 5.5, 'Turn left at the corner.'],
  ],
};

/** Writes everything into `folder`, which is called what people call such folders. */
export async function makeGradedLibrary(folder: string): Promise<void> {
  const at = async (name: string) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    return join(folder, name);
  };
  for (const [name, from] of Object.entries(copies)) await cp(from, await at(name));
  for (const [name, { seconds, more = [] }] of Object.entries(plain)) {
    const picture = ['-f', 'lavfi', '-i', `gradients=size=160x120:rate=5:duration=${seconds}:speed=0.01`];
    await ffmpeg(...picture, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', ...more, await at(name));
  }
  for (const [name, tags] of Object.entries(sounds)) {
    const metadata = Object.entries(tags).flatMap(([key, text]) => ['-metadata', `${key}=${text}`]);
    await ffmpeg('-f', 'lavfi', '-i', 'anoisesrc=duration=2:amplitude=0.05', ...metadata, await at(name));
  }
  for (const [name, cues] of Object.entries(subtitles)) await writeFile(await at(name), subtitleFile(name, cues));
}

function subtitleFile(name: string, cues: [number, number, string][]): string {
  const mark = name.endsWith('.srt') ? ',' : '.';
  const time = (seconds: number) => `00:00:${seconds.toFixed(3).padStart(6, '0').replace('.', mark)}`;
  const blocks = cues.map(([from, to, text], index) => `${index + 1}\n${time(from)} --> ${time(to)}\n${text}\n`);
  return [...(mark === '.' ? ['WEBVTT\n'] : []), ...blocks].join('\n');
}

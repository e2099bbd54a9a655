/**
 * The subtitle files that belong to a film, found as players find them: beside it under its name, and in a folder
 * "Subs" beside it.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { askDrive } from '../../ports/drives.ts';
import { isMediaName, typeOfName } from '../fileTypes.ts';
import { foldName } from './foldName.ts';
import { tellsOnlyLanguage } from './subtitleName.ts';

export interface Sidecar {
  file: string;
  /** As it is told to a person: "duet.en.srt", "Subs/2_English.srt". */
  name: string;
  /** What the name says beside the film's own: ".en", "2_English". */
  tail: string;
}

const SUBTITLE_FOLDERS = new Set(['sub', 'subs', 'subtitle', 'subtitles']);
/** More are a mistake, such as a folder of a whole series. */
export const MOST_SIDECARS = 100;

/** True for files that are read, or told, with the film that they lie beside. */
export function isSubtitleName(name: string): boolean {
  return typeOfName(name)?.kind === 'subtitle';
}

/** In the order of their names; at most {@link MOST_SIDECARS}. */
export async function findSidecars(file: string): Promise<Sidecar[]> {
  const folder = path.dirname(file);
  const names = await listFolder(folder);
  const found = belongingTo(file, names, names).map(({ name, tail }) => sidecar(folder, '', name, tail));
  for (const name of names) {
    if (SUBTITLE_FOLDERS.has(name.toLowerCase())) found.push(...(await searchFolder(file, name, names)));
  }
  return found.slice(0, MOST_SIDECARS);
}

/** "Subs/Film.en.srt", "Subs/Film/2_English.srt", and "Subs/2_English.srt" where the film is alone in its folder. */
async function searchFolder(file: string, name: string, siblings: string[]): Promise<Sidecar[]> {
  const folder = path.join(path.dirname(file), name);
  const names = await listFolder(folder);
  const named = belongingTo(file, names, siblings).map((match) => sidecar(folder, name, match.name, match.tail));
  const own = names.find((entry) => foldName(entry) === foldName(stemOf(file)));
  const inside = own === undefined ? [] : await everyIn(path.join(folder, own), `${name}/${own}`);
  const films = siblings.filter((sibling) => typeOfName(sibling)?.kind === 'video');
  const isAlone = films.length === 1 && films[0] === path.basename(file);
  const unnamed = isAlone && named.length === 0 ? await everyIn(folder, name) : [];
  return [...named, ...inside, ...unnamed];
}

async function everyIn(folder: string, shownAs: string): Promise<Sidecar[]> {
  const names = (await listFolder(folder)).filter(isSubtitleName);
  return names.map((name) => sidecar(folder, shownAs, name, stemOf(name)));
}

/**
 * The names that begin with the film's. Behind a dot or bracket anything may follow ("Film.English - SDH.srt"), behind
 * another sign only a language ("Film_en.srt", but not "Film_2.srt"). Where another file's name fits better, it is
 * that one's.
 */
function belongingTo(file: string, names: string[], siblings: string[]): { name: string; tail: string }[] {
  if (!names.some(isSubtitleName)) return []; // a folder of 10,000 clips is not compared with itself
  const film = foldName(stemOf(file));
  const others = siblings
    .filter(isMediaName)
    .map((name) => foldName(stemOf(name)))
    .filter((stem) => stem.length > film.length && stem.startsWith(film));
  return names.flatMap((name) => {
    if (!isSubtitleName(name)) return [];
    const stem = foldName(stemOf(name));
    if (!stem.startsWith(film) || others.some((other) => stem.startsWith(other))) return [];
    const tail = stem.slice(film.length);
    const fits = tail === '' || /^\s*[.[(]/.test(tail) || (/^\s*[-_ ]/.test(tail) && tellsOnlyLanguage(tail));
    return fits ? [{ name, tail }] : [];
  });
}

function sidecar(folder: string, shownIn: string, name: string, tail: string): Sidecar {
  return { file: path.join(folder, name), name: shownIn === '' ? name : `${shownIn}/${name}`, tail };
}

async function listFolder(folder: string): Promise<string[]> {
  return (await askDrive(folder, () => readdir(folder)).catch(() => [])).sort();
}

function stemOf(name: string): string {
  return path.basename(name, path.extname(name));
}

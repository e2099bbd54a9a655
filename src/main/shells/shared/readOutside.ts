/** What a start is asked to open: "--ask film.mp4", a link, plain paths, among whatever else the arguments hold. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLink } from './askLink.ts';
import { isNetworkPath } from './networkPath.ts';

export type Outside =
  /** Named by the person: with `--ask`, by "Open with", by a drop on the icon. */
  | { kind: 'file'; path: string }
  /** Several at once, however they are named, are added to the library. */
  | { kind: 'files'; paths: string[] }
  /** Perhaps made by a page or a mail. */
  | { kind: 'link'; link: string };

/**
 * @param args without the program (and the app's folder)
 * @param folder where the person stands: relative paths are meant from there
 */
export function readOutside(args: readonly string[], folder: string): Outside[] {
  const { links, paths } = sort(args);
  // What came along with a link may have been smuggled in by whoever made the link.
  if (links.length > 0) return links.map((link) => ({ kind: 'link', link }));
  const full = (argument: string) => {
    const path = plainPath(argument);
    return isNetworkPath(path) ? path : resolve(folder, path);
  };
  const named = paths.map(full);
  return named.length > 1 ? [{ kind: 'files', paths: named }] : named.map((path) => ({ kind: 'file', path }));
}

/** The same as arguments for another start: what is read there is what was asked for here. */
export function asArguments(outside: readonly Outside[]): string[] {
  const named = outside.flatMap((each) => {
    if (each.kind === 'files') return each.paths;
    return [each.kind === 'file' ? each.path : each.link];
  });
  return named.length > 0 ? ['--', ...named] : [];
}

/** A file manager may give "file:///home/you/film.mp4"; one with a host in it leads to that host, and stays as it is. */
function plainPath(argument: string): string {
  try {
    return /^file:\/\//i.test(argument) ? fileURLToPath(argument) : argument;
  } catch {
    return argument;
  }
}

/** What begins with a dash and is none of ours is the system's or Chromium's; behind "--" everything is a path. */
function sort(args: readonly string[]): { links: string[]; paths: string[] } {
  const sorted = { links: [] as string[], paths: [] as string[] };
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const rest = args.slice(0, end);
  for (let index = 0; index < rest.length; index++) {
    const argument = rest[index] ?? '';
    const value = argument === '--ask' ? rest[++index] : argument.match(/^--ask=(.*)$/s)?.[1];
    if (value) sorted[isLink(value) ? 'links' : 'paths'].push(value);
    else if (isLink(argument)) sorted.links.push(argument);
    else if (argument !== '' && !argument.startsWith('-')) sorted.paths.push(argument);
  }
  for (const argument of args.slice(end + 1).filter(Boolean))
    sorted[isLink(argument) ? 'links' : 'paths'].push(argument);
  return sorted;
}

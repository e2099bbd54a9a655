/** What a person leaves out of a folder, by patterns as shells and version control know them. */
import { basename, matchesGlob, relative, sep } from 'node:path';

/**
 * A pattern without a slash is that of a name, wherever it stands ("*.proxy.mp4", "Renders"); one with a slash, that of a
 * path in the folder ("2019/**"). What lies in a folder that is left out is left out, too.
 */
export function isIgnored(folder: string, path: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return false;
  const inner = relative(folder, path).split(sep);
  if (inner[0] === '..' || inner[0] === '') return false;
  const parts = inner.map((_name, depth) => inner.slice(0, depth + 1).join('/'));
  return patterns.some((pattern) => {
    const plain = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
    const isName = !plain.includes('/');
    return parts.some((part) => matchesGlob(isName ? basename(part) : part, plain));
  });
}

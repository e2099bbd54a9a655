/** What no walk takes: the library's own folder, and what the person left out of a root. */
import { sep } from 'node:path';
import type { StoredRoot } from '../../ports/rootsApi.ts';
import { isIgnored } from './ignorePatterns.ts';

/** Why this path is passed over, in words; null where it is not. */
export type LeaveOut = (path: string) => string | null;

export function leaveOut(roots: readonly Pick<StoredRoot, 'path' | 'ignore'>[], libraryFolder: string): LeaveOut {
  const withPatterns = roots.filter(({ ignore }) => ignore.length > 0);
  return (path) => {
    if (path === libraryFolder) return 'the library itself';
    const root = withPatterns.find((each) => path.startsWith(each.path.endsWith(sep) ? each.path : each.path + sep));
    return root && isIgnored(root.path, path, root.ignore) ? 'left out by the patterns of their folder' : null;
  };
}

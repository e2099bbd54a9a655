/** Files and links that the person opens with Playhead: as arguments, from the system's menus, by a drop on the icon. */
import { app } from 'electron';
import { isLink } from '../shared/askLink.ts';
import { type Outside, readOutside } from '../shared/readOutside.ts';

/** What a second start hands to the first one. Chromium may sort the arguments themselves anew. */
export interface SecondStart {
  outside: Outside[];
}

/** What this start was asked for. A development start names the app's folder as its first argument. */
export function ownRequests(): Outside[] {
  return readOutside(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());
}

/**
 * Listens from the very start, since macOS names a file before the app is ready. What has come until then, and what
 * comes later, goes to the function that is given to the result.
 */
export function listenForRequests(): (receive: (outside: Outside[]) => void) => void {
  const waiting: Outside[][] = [ownRequests()];
  let receive = (outside: Outside[]): void => void waiting.push(outside);
  app.on('open-file', (event, path) => {
    event.preventDefault();
    receive(readOutside(['--', path], '/'));
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    if (isLink(url)) receive([{ kind: 'link', link: url }]);
  });
  app.on('second-instance', (_event, _argv, _folder, handed) => receive(requestsOf(handed)));
  return (next) => {
    receive = next;
    for (const outside of waiting.splice(0)) if (outside.length > 0) next(outside);
  };
}

/** From another start of this program, perhaps of another version. */
function requestsOf(handed: unknown): Outside[] {
  const { outside } = (handed ?? {}) as Partial<SecondStart>;
  return Array.isArray(outside) ? outside.filter(isRequest) : [];
}

function isRequest(given: unknown): given is Outside {
  const { kind, path, paths, link } = (given ?? {}) as Record<string, unknown>;
  if (kind === 'file') return typeof path === 'string';
  if (kind === 'files') return Array.isArray(paths) && paths.every((each) => typeof each === 'string');
  return kind === 'link' && typeof link === 'string';
}

/** What is asked for from outside, brought to a window: at once, or after the person has agreed there. */
import type { EngineWindow } from '../../engine/createEngine.ts';
import { readAskLink } from './askLink.ts';
import { isNetworkPath } from './networkPath.ts';
import type { Outside } from './readOutside.ts';

type Receiver = Pick<EngineWindow, 'open' | 'agreeFirst' | 'refuse'> & { add(paths: string[]): Promise<unknown> };

export async function receiveOutside(window: Receiver, outside: Outside): Promise<void> {
  try {
    if (outside.kind === 'link') {
      const { path, clip } = readAskLink(outside.link);
      window.agreeFirst({ path, from: 'link' }, clip);
    } else if (outside.kind === 'file') await openFile(window, outside.path);
    else await openFiles(window, outside.paths);
  } catch (thrown) {
    window.refuse(thrown);
  }
}

async function openFile(window: Receiver, path: string): Promise<void> {
  if (isNetworkPath(path)) window.agreeFirst({ path, from: 'network' });
  else await window.open(path);
}

async function openFiles(window: Receiver, paths: string[]): Promise<void> {
  const isNear = (path: string) => !isNetworkPath(path);
  const near = paths.filter(isNear);
  if (near.length > 0) await window.add(near);
  for (const path of paths) if (!isNear(path)) window.agreeFirst({ path, from: 'network' });
}

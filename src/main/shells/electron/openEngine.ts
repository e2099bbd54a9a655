/** The engine of this start; a library that is lost or damaged is offered to be restored first. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { formatError, toErrorInfo } from '../../../contract/index.ts';
import { createEngine, type Engine } from '../../engine/createEngine.ts';
import { offerRestore } from './offerRestore.ts';
import { safeKeys } from './safeKeys.ts';
import { systemProxy } from './systemProxy.ts';
import { utilityHost } from './utilityHost.ts';

/** @returns null where it cannot be opened: the person was told, and the app ends */
export async function openEngine(): Promise<Engine | null> {
  const libraryFolder = process.env.PLAYHEAD_LIBRARY ?? join(app.getPath('userData'), 'library');
  const open = () =>
    createEngine({
      version: app.getVersion(),
      libraryFolder,
      resourcesFolder: resourcesFolder(),
      spawnHost: utilityHost,
      addSamples: true,
      keys: safeKeys,
      systemProxy,
      watchRoots: true,
    });
  try {
    return await open().catch(async (thrown: unknown) => {
      const error = toErrorInfo(thrown);
      const isLost = error.code === 'library-missing' || error.code === 'library-damaged';
      if (isLost && (await offerRestore(libraryFolder, error))) return open();
      throw thrown;
    });
  } catch (thrown) {
    dialog.showErrorBox('Playhead could not open its library', formatError(toErrorInfo(thrown)));
    app.exit(1);
    return null;
  }
}

/** What ships with Playhead: models, sample clips, icons. */
export function resourcesFolder(): string {
  return join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'resources');
}

/** The importer's process: it reads, converts and packs for minutes, and the window's pictures come meanwhile. */
import { serveParent } from '../channel/parentPort.ts';
import { importCheckpoint } from './importCheckpoint.ts';
import type { ImportHostApi } from './importHostApi.ts';

let latest: Promise<unknown> = Promise.resolve();

const api: ImportHostApi = {
  async importCheckpoint(input, options) {
    latest = importCheckpoint({ ...input, ...options });
    await latest;
  },
  idle: () =>
    latest.then(
      () => {},
      () => {},
    ),
};
serveParent('importHost', api);

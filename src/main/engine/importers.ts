/** Imports, each in a process of its own, which ends with it. */
import { connectHost, type HostConnection, type SpawnHost } from '../channel/hostProcess.ts';
import type { ImportHostApi } from '../importing/importHostApi.ts';
import { ignore } from '../log/log.ts';
import { callLimits } from './callLimits.ts';

const limitOf = callLimits();

export class Importers {
  readonly #spawn: SpawnHost;
  readonly #running = new Set<HostConnection<ImportHostApi>>();

  constructor(spawn: SpawnHost) {
    this.#spawn = spawn;
  }

  /** One that is cancelled removes what it had written. */
  async importCheckpoint(...[input, options]: Parameters<ImportHostApi['importCheckpoint']>): Promise<void> {
    const importer = connectHost<ImportHostApi>(this.#spawn('importHost'), { limitOf });
    this.#running.add(importer);
    try {
      await importer.api.importCheckpoint(input, options);
    } finally {
      await importer.api.idle().catch(ignore("the importer's process is gone"));
      importer.kill();
      this.#running.delete(importer);
    }
  }

  close(): void {
    for (const importer of this.#running) importer.kill();
  }
}

/** The local server over a real engine, as a process of its own: `runServer.ts <folder>` prints its address and lives until it is killed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '../../../../src/main/engine/createEngine.ts';
import { serve } from '../../../../src/main/shells/server/serve.ts';
import { standInHosts } from '../../../support/standInHosts.ts';

const folder = process.argv[2] as string;
const uiFolder = join(folder, 'ui');
mkdirSync(uiFolder, { recursive: true });
writeFileSync(join(uiFolder, 'index.html'), '<!doctype html><title>Playhead</title>');
const engine = await createEngine({
  version: 'test',
  libraryFolder: join(folder, 'library'),
  resourcesFolder: join(import.meta.dirname, '..', '..', '..', '..', 'resources'),
  spawnHost: standInHosts(),
});
const libraryFolder = join(folder, 'library');
const tell = () => process.stdout.write(`${JSON.stringify({ address: server.address })}\n`);
const server = await serve({ engine, ui: uiFolder, port: 0, libraryFolder, onNewAddress: tell });
tell();

/** The browser shell's program: opens the engine, serves the UI on loopback, prints the address. */
import { join } from 'node:path';
import { formatError, toErrorInfo } from '../../../contract/index.ts';
import { onEndSignal } from '../shared/endSignals.ts';
import { handOverSoon } from '../shared/handOver.ts';
import { appFolder, libraryFolderOf, openLocalEngine } from '../shared/localEngine.ts';
import { openBrowser } from '../shared/openBrowser.ts';
import { type Outside, readOutside } from '../shared/readOutside.ts';
import { endIfHeld } from '../shared/threads.ts';
import { readFlags, usage } from './flags.ts';
import { serve } from './serve.ts';

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2));
  if (flags === null) return void process.stdout.write(`${usage}\n`);
  const outside = readOutside(flags.outside, process.cwd());
  const engine = await openLocalEngine(flags, { addSamples: true, watchRoots: true }).catch((thrown: unknown) =>
    giveToOther(thrown, libraryFolderOf(flags), outside),
  );
  if (engine === null) return;
  try {
    const server = await serve({
      engine,
      ui: flags.ui ?? join(appFolder, 'out', 'renderer'),
      port: flags.port,
      libraryFolder: libraryFolderOf(flags),
      onNewAddress: () => tell('To open another window'),
    });
    const tell = (what: string) =>
      process.stdout.write(
        flags.json ? `${JSON.stringify({ address: server.address })}\n` : `${what}: ${server.address}\n`,
      );
    await server.receive(outside);
    tell('Playhead is open. Press Ctrl+C to close it.\nIts address, good for one window');
    if (flags.open) openBrowser(server.address);
    await new Promise<void>((resolve) => onEndSignal(resolve));
    await server.close();
  } finally {
    await engine.close();
  }
}

/** Two files were asked about at once: whoever took the library first is just opening, and shows the other one, too. */
async function giveToOther(thrown: unknown, library: string, outside: Outside[]): Promise<null> {
  const isLocked = toErrorInfo(thrown).code === 'library-locked';
  const handed = isLocked && outside.length > 0 ? await handOverSoon(library, outside) : null;
  if (handed === null) throw thrown;
  process.stdout.write('It is shown in the window that is open.\n');
  return null;
}

// A terminal that was closed is told nothing more; the window goes on.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
await main().catch((thrown: unknown) => {
  process.stderr.write(`playhead: ${formatError(toErrorInfo(thrown))}\n`);
  process.exitCode = 1;
});
await endIfHeld();

/** The browser shell's program: opens the engine, serves the UI on loopback, prints the address. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatError, PlayheadError, toErrorInfo } from '../../contract/index.ts';
import { onEndSignal } from '../core/endSignals.ts';
import { appFolder, libraryFolderOf, openLocalEngine } from '../core/localEngine.ts';
import { openBrowser } from './openBrowser.ts';
import { serve } from './serve.ts';

async function main(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      library: { type: 'string' },
      model: { type: 'string' },
      provider: { type: 'string' },
      open: { type: 'boolean' },
      json: { type: 'boolean' },
      ui: { type: 'string', default: join(appFolder, 'out', 'renderer') },
    },
  });
  const engine = await openLocalEngine(flags, { addSamples: true });
  try {
    const server = await serve({
      engine,
      ui: flags.ui,
      port: portOf(flags.port),
      libraryFolder: libraryFolderOf(flags),
      onNewAddress: () => tell('To open another window'),
    });
    const tell = (what: string) =>
      process.stdout.write(
        flags.json ? `${JSON.stringify({ address: server.address })}\n` : `${what}: ${server.address}\n`,
      );
    tell('Playhead is open. Press Ctrl+C to close it.\nIts address, good for one window');
    if (flags.open) openBrowser(server.address);
    await new Promise<void>((resolve) => onEndSignal(resolve));
    await server.close();
  } finally {
    await engine.close();
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new PlayheadError({
    code: 'invalid-input',
    message: `"${text}" is no port.`,
    hint: 'Give a number from 0 to 65535.',
  });
}

await main().catch((thrown: unknown) => {
  process.stderr.write(`playhead: ${formatError(toErrorInfo(thrown))}\n`);
  process.exitCode = 1;
});

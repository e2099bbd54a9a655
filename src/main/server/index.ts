/** The browser shell's program: opens the engine, serves the UI on loopback, prints the address. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatError, toErrorInfo } from '../../contract/index.ts';
import { onEndSignal } from '../core/endSignals.ts';
import { appFolder, openLocalEngine } from '../core/localEngine.ts';
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
    },
  });
  const engine = await openLocalEngine(flags, { addSamples: true });
  try {
    const server = await serve({ engine, uiFolder: join(appFolder, 'out', 'renderer'), port: Number(flags.port) });
    process.stdout.write(
      flags.json
        ? `${JSON.stringify({ address: server.address })}\n`
        : `Playhead is open at ${server.address}\nPress Ctrl+C to close it.\n`,
    );
    if (flags.open) openBrowser(server.address);
    await new Promise<void>((resolve) => onEndSignal(resolve));
    await server.close();
  } finally {
    await engine.close();
  }
}

await main().catch((thrown: unknown) => {
  process.stderr.write(`playhead: ${formatError(toErrorInfo(thrown))}\n`);
  process.exitCode = 1;
});

import type { Engine } from '../core/createEngine.ts';
import { type EngineFlags, type OpenSettings, openLocalEngine } from '../core/localEngine.ts';

/** Opens, works, and closes whatever happens. */
export async function withEngine<T>(
  flags: EngineFlags,
  settings: OpenSettings,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openLocalEngine(flags, settings);
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= engine.close();
    return closing;
  };
  const stop = () => void close().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await work(engine);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await close();
  }
}

import { describeParts, formatError, isPlaced } from '../../../contract/index.ts';
import type { Engine } from '../../engine/createEngine.ts';
import { onEndSignal } from '../shared/endSignals.ts';
import { type EngineFlags, type OpenSettings, openLocalEngine } from '../shared/localEngine.ts';
import { endNow } from '../shared/threads.ts';
import { note } from './output.ts';

export interface StoppableSettings extends OpenSettings {
  /** What a person is told who ends it: what is kept and how to go on; null for nothing. */
  onStop?: () => string | null;
}

/** Opens, works, and closes whatever happens. */
export async function withEngine<T>(
  flags: EngineFlags,
  { onStop = () => 'Stopped.', ...settings }: StoppableSettings,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openLocalEngine(flags, settings);
  tellTrouble(engine);
  tellParts(engine);
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= engine.close();
    return closing;
  };
  const stopListening = onEndSignal(() => {
    const said = onStop();
    if (said !== null) note(`\n${said}`);
    void close().finally(() => endNow(130));
  });
  try {
    return await work(engine);
  } finally {
    await close();
    stopListening();
  }
}

/** While nothing can be written, work waits; the terminal says for what. */
function tellTrouble(engine: Engine): void {
  let told = '';
  engine.onEvent((event) => {
    if (event.type !== 'statusChanged') return;
    const { trouble } = engine;
    if (trouble && trouble.code !== told) note(`playhead: waiting. ${formatError(trouble)}`);
    told = trouble?.code ?? '';
  });
}

/** When a model is opened on more than the CPU: which part of it runs where, and why. */
function tellParts(engine: Engine): void {
  const told = new Set<string>();
  engine.onEvent(async (event) => {
    if (event.type !== 'statusChanged') return;
    const { parts } = await engine.api.status({}).catch(() => ({ parts: [] }));
    if (!isPlaced(parts)) return;
    for (const line of describeParts(parts)) if (!told.has(line)) note(`playhead: ${line}`);
    for (const line of describeParts(parts)) told.add(line);
  });
}

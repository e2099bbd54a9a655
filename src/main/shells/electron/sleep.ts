/**
 * A machine that falls asleep: what runs rests, so that no time limit runs out in the meantime, and goes on when it is
 * awake. Nothing of it is stored: a machine that is not woken up again goes on at its next start.
 */
import { app, powerMonitor } from 'electron';
import type { Engine } from '../../engine/createEngine.ts';
import { ignore } from '../../log/log.ts';

export function restWhileAsleep(engine: Pick<Engine, 'rest' | 'goOn'>): void {
  powerMonitor.on('suspend', () => {
    engine.rest().catch(ignore('the work did not rest before the sleep'));
  });
  // Whoever is there to see or use the app is awake, even where the system forgot to say so.
  powerMonitor.on('resume', () => engine.goOn());
  powerMonitor.on('unlock-screen', () => engine.goOn());
  app.on('browser-window-focus', () => engine.goOn());
}

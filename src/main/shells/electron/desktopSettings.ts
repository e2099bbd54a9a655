/** What the desktop shell keeps for itself, beside the library: where the window was, and what the person switched. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { sync as writeFileAtomic } from 'write-file-atomic';
import * as z from 'zod';
import { type DesktopSettings, desktopSettingsSchema } from '../../../contract/index.ts';
import { ignore } from '../../log/log.ts';

const place = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });
const windowState = z.object({ place, isMaximized: z.boolean() });
export type WindowState = z.infer<typeof windowState>;

const schema = z.object({ settings: desktopSettingsSchema, window: windowState.nullable().catch(null).default(null) });
type Kept = z.infer<typeof schema>;

const file = () => join(app.getPath('userData'), 'desktop.json');
const fresh = (): Kept => ({ settings: desktopSettingsSchema.parse({}), window: null });

function read(): Kept {
  try {
    return schema.parse(JSON.parse(readFileSync(file(), 'utf8')));
  } catch {
    // Not there yet, or damaged: only the window's place is lost.
    return fresh();
  }
}

/** A disk that is full costs the window its place, nothing else. */
function change(changes: Partial<Kept>): Kept {
  const kept = { ...read(), ...changes };
  try {
    writeFileAtomic(file(), JSON.stringify(kept));
  } catch (thrown) {
    ignore('the window’s place was not kept')(thrown);
  }
  return kept;
}

export const readSettings = (): DesktopSettings => read().settings;
export const changeSettings = (changes: Partial<DesktopSettings>): DesktopSettings =>
  change({ settings: { ...read().settings, ...changes } }).settings;
export const readWindowState = (): WindowState | null => read().window;
export const keepWindowState = (state: WindowState): void => void change({ window: state });

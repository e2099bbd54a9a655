/** What the desktop shell and its window tell each other beside the calls of the engine. */
import * as z from 'zod';

/** A command of the window, as the menus of the system show it. */
export const windowCommandSchema = z.object({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(200),
  /** The name of its menu. */
  group: z.string().min(1).max(100),
  /** "Mod+K", as the window reads it; null for none. */
  shortcut: z.string().max(100).nullable(),
  isEnabled: z.boolean(),
});
export type WindowCommand = z.infer<typeof windowCommandSchema>;

/** What the person may switch. What is damaged is as it was in the beginning. */
export const desktopSettingsSchema = z.object({
  /** New versions are looked for on the network. */
  looksForUpdates: z.boolean().catch(false).default(false),
  /** Notifications when files were read, and when a question is answered. */
  notifies: z.boolean().catch(true).default(true),
});
export type DesktopSettings = z.infer<typeof desktopSettingsSchema>;

/** How the menus of the system stand. */
export interface IntegrationReport {
  /** `outdated`: made by another version, or for a program at another place. */
  state: 'installed' | 'outdated' | 'absent';
  /** What it gives or would give, in words. */
  offers: string[];
  /** Full paths, and keys of the registry. */
  places: string[];
}

export interface DesktopState {
  settings: DesktopSettings;
  /** False for a package that was made without an address of new versions. */
  canUpdate: boolean;
  integration: IntegrationReport;
}

/** A command is one object; menus, buttons, keys and the shortcuts page all read it. */
import type { Component } from 'vue';
import type { App } from '../composables/useApp.ts';

export interface Action<Target = void> {
  id: string;
  name: string;
  group: 'Window' | 'Library' | 'Player' | 'Clip' | 'Timeline';
  icon?: Component;
  /** As `logic/shortcut.ts` reads them; the first one is shown. */
  shortcuts?: string[];
  /** Works while the person writes in a field. */
  worksInFields?: boolean;
  isDangerous?: boolean;
  testId?: string;
  isEnabled(app: App, target: Target): boolean;
  perform(app: App, target: Target): unknown;
}

/** Keeps the literal checked without losing its type. */
export function defineAction<Target = void>(action: Action<Target>): Action<Target> {
  return action;
}

export const always = () => true;
export const inPlayer = (app: App) => app.router.current.value.page === 'media' && app.player.item.value !== null;
/** Something with a time axis is open. */
export const hasTimeline = (app: App) => inPlayer(app) && app.player.media.durationSec.value > 0;
/** It can move, too: the file is in its place and the window can play it. */
export const canPlay = (app: App) =>
  hasTimeline(app) && app.player.media.trouble.value !== 'none' && app.player.item.value?.state !== 'offline';

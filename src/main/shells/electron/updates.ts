/**
 * New versions: looked for only when the person switched it on, never downloaded before he agrees, and installed when the
 * app ends. The library, with models and index, lies in a folder of its own, which no installer touches.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { ignore } from '../../log/log.ts';
import { readSettings } from './desktopSettings.ts';

/** Milliseconds after the start, so that the first search is not held up; then once a day. */
const firstMs = 60_000;
const everyMs = 24 * 3600 * 1000;

/** The address of new versions is put into a package when it is made; a package without one cannot look. */
export function canUpdate(): boolean {
  return app.isPackaged && existsSync(join(process.resourcesPath, 'app-update.yml'));
}

/** As much of electron-updater's `autoUpdater` as is used. */
export interface Updater {
  autoDownload: boolean;
  checkForUpdates(): Promise<{ isUpdateAvailable: boolean; updateInfo: { version: string } } | null>;
  downloadUpdate(): Promise<unknown>;
}

/** @param open loads the updater: a program that may not look for updates does not even load it */
export function lookForUpdates(open: () => Promise<Updater> = openUpdater): void {
  const look = () => void lookOnce(open).catch(ignore('new versions could not be looked for'));
  setTimeout(look, firstMs).unref();
  setInterval(look, everyMs).unref();
}

export async function lookOnce(open: () => Promise<Updater>): Promise<void> {
  if (!readSettings().looksForUpdates || !canUpdate()) return;
  const updater = await open();
  updater.autoDownload = false;
  const found = await updater.checkForUpdates();
  if (!found?.isUpdateAvailable) return;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Playhead ${found.updateInfo.version} is there.`,
    detail: 'It is downloaded now and installed when you quit. Your library, its index and your models stay.',
    buttons: ['Not now', 'Download'],
    defaultId: 1,
    cancelId: 0,
  });
  if (response === 1) await updater.downloadUpdate();
}

async function openUpdater(): Promise<Updater> {
  const { default: updater } = await import('electron-updater');
  return updater.autoUpdater;
}

/** Where the window stands: where it was the last time, as long as a screen is still there. */
import type { BrowserWindow, Rectangle } from 'electron';
import { screen } from 'electron';
import { keepWindowState, type WindowState } from './desktopSettings.ts';

/** As much of the window has to be on a screen, so that it can be taken hold of. In pixels of the desktop. */
const grip = { width: 160, height: 60 };
const usual = { width: 1360, height: 880 };

/** Left out are x and y where the system should choose. */
export function placeFor(state: WindowState | null): Partial<Rectangle> & typeof usual {
  if (state && isReachable(state.place)) return state.place;
  const { width, height } = screen.getPrimaryDisplay().workAreaSize;
  const wanted = state?.place ?? usual;
  return { width: Math.min(wanted.width, width), height: Math.min(wanted.height, height) };
}

function isReachable(place: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width = overlap([place.x, place.width], [workArea.x, workArea.width]);
    const isTitleThere = place.y >= workArea.y && place.y + grip.height <= workArea.y + workArea.height;
    return width >= grip.width && isTitleThere;
  });
}

function overlap([a, lengthA]: readonly [number, number], [b, lengthB]: readonly [number, number]): number {
  return Math.min(a + lengthA, b + lengthB) - Math.max(a, b);
}

/** Kept as it is closed; of a window that fills the screen, its place before that. */
export function rememberPlace(window: BrowserWindow): void {
  window.on('close', () => {
    keepWindowState({ place: window.getNormalBounds(), isMaximized: window.isMaximized() });
  });
}

/** Every command that stands by itself, in the order of the shortcuts page. */
import type { Action } from './action.ts';
import * as player from './playerActions.ts';
import * as win from './windowActions.ts';

export const actions: Action[] = [
  win.focusSearch,
  win.goBack,
  win.addFiles,
  win.showJobs,
  win.showStatus,
  win.showModels,
  win.showDesktop,
  win.toggleTheme,
  win.showShortcuts,
  player.playPause,
  player.stepBack,
  player.stepForward,
  player.jumpBack,
  player.playFaster,
  player.toBeginning,
  player.toEnd,
  player.fullScreen,
  player.previousSegment,
  player.nextSegment,
  player.setClipStart,
  player.setClipEnd,
  player.playClip,
  player.clearClip,
  player.askAboutClip,
];

export type { Action } from './action.ts';
export { mediaActions } from './mediaActions.ts';
export { segmentActions } from './segmentActions.ts';

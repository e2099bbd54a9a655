/** Every command that stands by itself, in the order of the shortcuts page. */
import type { Action } from './action.ts';
import * as clip from './clipActions.ts';
import * as player from './playerActions.ts';
import * as timeline from './timelineActions.ts';
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
  player.playBackwards,
  player.playFaster,
  player.slowerSpeed,
  player.fasterSpeed,
  player.stepBack,
  player.stepForward,
  player.previousFrame,
  player.nextFrame,
  player.toBeginning,
  player.toEnd,
  player.mute,
  player.subtitles,
  player.fullScreen,
  player.pictureInPicture,
  player.saveFrame,
  clip.previousSegment,
  clip.nextSegment,
  clip.setClipStart,
  clip.setClipEnd,
  clip.playClip,
  clip.loop,
  clip.clearClip,
  clip.askAboutClip,
  clip.addMarker,
  timeline.zoomIn,
  timeline.zoomOut,
  timeline.zoomToClip,
  timeline.showWholeFile,
];

export type { Action } from './action.ts';
export { mediaActions } from './mediaActions.ts';
export { segmentActions } from './segmentActions.ts';

/** Commands of the player, mostly keys. Those on the clip are in `clipActions.ts`, those on the timeline in `timelineActions.ts`. */
import {
  Camera,
  Captions,
  FastForward,
  Maximize,
  PictureInPicture2,
  Play,
  Rewind,
  StepBack,
  StepForward,
  Volume2,
} from '@lucide/vue';
import type { App } from '../composables/useApp.ts';
import { canPlay, defineAction, hasTimeline } from './action.ts';
import { saveCurrentFrame } from './saveCurrentFrame.ts';

const STEP_SEC = 5;

export const playPause = defineAction({
  id: 'play-pause',
  name: 'Play or pause',
  group: 'Player',
  icon: Play,
  shortcuts: ['Space', 'K'],
  isEnabled: canPlay,
  perform: (app) => app.player.media.toggle(),
});

export const stepBack = defineAction({
  id: 'step-back',
  name: '5 seconds back',
  group: 'Player',
  shortcuts: ['ArrowLeft'],
  isEnabled: hasTimeline,
  perform: (app) => app.player.media.seekBy(-STEP_SEC),
});

export const stepForward = defineAction({
  id: 'step-forward',
  name: '5 seconds on',
  group: 'Player',
  shortcuts: ['ArrowRight'],
  isEnabled: hasTimeline,
  perform: (app) => app.player.media.seekBy(STEP_SEC),
});

export const playBackwards = defineAction({
  id: 'backwards',
  name: 'Play backwards; again for faster',
  group: 'Player',
  icon: Rewind,
  shortcuts: ['J'],
  isEnabled: canPlay,
  perform: (app) => app.player.media.drive(-1),
});

export const playFaster = defineAction({
  id: 'faster',
  name: 'Play; again for faster',
  group: 'Player',
  icon: FastForward,
  shortcuts: ['L'],
  isEnabled: canPlay,
  perform: (app) => app.player.media.drive(1),
});

export const previousFrame = defineAction({
  id: 'previous-frame',
  name: 'One frame back',
  group: 'Player',
  icon: StepBack,
  shortcuts: [','],
  testId: 'previous-frame',
  isEnabled: isFilm,
  perform: ({ player: { item, media } }) => media.stepFrame(-1, item.value?.fps ?? 0),
});

export const nextFrame = defineAction({
  id: 'next-frame',
  name: 'One frame on',
  group: 'Player',
  icon: StepForward,
  shortcuts: ['.'],
  testId: 'next-frame',
  isEnabled: isFilm,
  perform: ({ player: { item, media } }) => media.stepFrame(1, item.value?.fps ?? 0),
});

export const slowerSpeed = defineAction({
  id: 'slower-speed',
  name: 'Slower',
  group: 'Player',
  shortcuts: ['<'],
  isEnabled: canPlay,
  perform: (app) => app.player.media.stepRate(-1),
});

export const fasterSpeed = defineAction({
  id: 'faster-speed',
  name: 'Faster',
  group: 'Player',
  shortcuts: ['>'],
  isEnabled: canPlay,
  perform: (app) => app.player.media.stepRate(1),
});

export const toBeginning = defineAction({
  id: 'to-beginning',
  name: 'To the beginning',
  group: 'Player',
  shortcuts: ['Home'],
  isEnabled: hasTimeline,
  perform: (app) => app.player.media.seek(0),
});

export const toEnd = defineAction({
  id: 'to-end',
  name: 'To the end',
  group: 'Player',
  shortcuts: ['End'],
  isEnabled: hasTimeline,
  perform: (app) => app.player.media.seek(app.player.media.durationSec.value),
});

export const mute = defineAction({
  id: 'mute',
  name: 'Mute',
  group: 'Player',
  icon: Volume2,
  shortcuts: ['M'],
  testId: 'mute',
  isEnabled: (app) => hasTimeline(app) && app.player.item.value?.hasAudio === true,
  perform: (app) => app.player.media.toggleMute(),
});

export const subtitles = defineAction({
  id: 'subtitles',
  name: 'Subtitles on or off',
  group: 'Player',
  icon: Captions,
  shortcuts: ['C'],
  isEnabled: (app) => hasTimeline(app) && app.player.subtitles.sources.value.length > 0,
  perform: (app) => app.player.subtitles.toggle(),
});

export const fullScreen = defineAction({
  id: 'full-screen',
  name: 'Full screen',
  group: 'Player',
  icon: Maximize,
  shortcuts: ['F'],
  testId: 'full-screen',
  isEnabled: (app) => hasTimeline(app) && app.player.item.value?.kind === 'video',
  perform: ({ player: { screen } }) =>
    document.fullscreenElement ? document.exitFullscreen() : screen.value?.requestFullscreen?.(),
});

export const pictureInPicture = defineAction({
  id: 'picture-in-picture',
  name: 'Picture in picture',
  group: 'Player',
  icon: PictureInPicture2,
  shortcuts: ['Shift+P'],
  testId: 'picture-in-picture',
  isEnabled: (app) => isFilm(app) && document.pictureInPictureEnabled === true,
  perform({ player: { media }, toasts }) {
    if (document.pictureInPictureElement) return document.exitPictureInPicture();
    const video = media.element.value as HTMLVideoElement | null;
    return toasts.attempt(async () => void (await video?.requestPictureInPicture()));
  },
});

export const saveFrame = defineAction({
  id: 'save-frame',
  name: 'Save this frame as a picture',
  group: 'Player',
  icon: Camera,
  shortcuts: ['S'],
  testId: 'save-frame',
  isEnabled: (app) => isFilm(app) && !app.player.item.value?.isGranted,
  perform: (app) => app.toasts.attempt(() => saveCurrentFrame(app)),
});

function isFilm(app: App): boolean {
  return canPlay(app) && app.player.item.value?.kind === 'video';
}

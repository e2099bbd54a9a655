/** Commands of the player, mostly keys. */
import { FastForward, Maximize, Play, SkipBack, SkipForward } from '@lucide/vue';
import type { App } from '../composables/useApp.ts';
import { segmentAt, withEnd, withStart } from '../logic/timeline.ts';
import { canPlay, defineAction, hasTimeline, inPlayer } from './action.ts';

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

export const jumpBack = defineAction({
  id: 'jump-back',
  name: '10 seconds back',
  group: 'Player',
  shortcuts: ['J'],
  isEnabled: hasTimeline,
  perform: (app) => app.player.media.seekBy(-2 * STEP_SEC),
});

export const playFaster = defineAction({
  id: 'faster',
  name: 'Play; again for faster',
  group: 'Player',
  icon: FastForward,
  shortcuts: ['L'],
  isEnabled: canPlay,
  perform: (app) => app.player.media.faster(),
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

export const previousSegment = defineAction({
  id: 'previous-segment',
  name: 'Previous segment',
  group: 'Clip',
  icon: SkipBack,
  shortcuts: ['Shift+ArrowLeft'],
  isEnabled: hasTimeline,
  perform: (app) => selectNeighbour(app, -1),
});

export const nextSegment = defineAction({
  id: 'next-segment',
  name: 'Next segment',
  group: 'Clip',
  icon: SkipForward,
  shortcuts: ['Shift+ArrowRight'],
  isEnabled: hasTimeline,
  perform: (app) => selectNeighbour(app, 1),
});

export const setClipStart = defineAction({
  id: 'clip-start',
  name: 'Clip begins here',
  group: 'Clip',
  shortcuts: ['['],
  isEnabled: hasTimeline,
  perform({ player: { clip, media } }) {
    clip.selectRange(withStart(clip.range.value, media.timeSec.value, media.durationSec.value));
  },
});

export const setClipEnd = defineAction({
  id: 'clip-end',
  name: 'Clip ends here',
  group: 'Clip',
  shortcuts: [']'],
  isEnabled: hasTimeline,
  perform({ player: { clip, media } }) {
    clip.selectRange(withEnd(clip.range.value, media.timeSec.value, media.durationSec.value));
  },
});

export const playClip = defineAction({
  id: 'play-clip',
  name: 'Play the clip',
  group: 'Clip',
  shortcuts: ['P'],
  isEnabled: (app) => canPlay(app) && !app.player.clip.isWholeFile.value,
  perform({ player: { clip, media } }) {
    if (clip.range.value) media.playRange(clip.range.value);
  },
});

export const clearClip = defineAction({
  id: 'clear-clip',
  name: 'Whole file',
  group: 'Clip',
  shortcuts: ['Backspace'],
  isEnabled: (app) => hasTimeline(app) && !app.player.clip.isWholeFile.value,
  perform: (app) => app.player.clip.clear(),
});

export const askAboutClip = defineAction({
  id: 'ask-clip',
  name: 'Ask about the clip',
  group: 'Clip',
  shortcuts: ['A'],
  isEnabled: inPlayer,
  perform: (app) => app.player.clip.requestAsk(),
});

export const fullScreen = defineAction({
  id: 'full-screen',
  name: 'Full screen',
  group: 'Player',
  icon: Maximize,
  shortcuts: ['F'],
  isEnabled: (app) => hasTimeline(app) && app.player.item.value?.kind === 'video',
  perform: (app) => app.player.media.element.value?.requestFullscreen?.(),
});

function selectNeighbour({ player }: App, step: number): void {
  const list = player.segments.value;
  const here = player.shownSegment.value ?? segmentAt(list, player.media.timeSec.value);
  const next = list[here ? list.indexOf(here) + step : 0];
  if (!next) return;
  player.clip.selectSegment(next);
  player.media.seek(next.startSec);
}

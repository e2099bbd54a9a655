/** Commands on the clip, the segments and the markers of the open file. */
import { BookmarkPlus, Repeat, SkipBack, SkipForward } from '@lucide/vue';
import type { App } from '../composables/useApp.ts';
import { segmentAt, withEnd, withStart } from '../logic/timeline.ts';
import { canPlay, defineAction, hasTimeline, inPlayer } from './action.ts';

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
  shortcuts: ['I', '['],
  isEnabled: hasTimeline,
  perform({ player: { clip, media } }) {
    clip.selectRange(withStart(clip.range.value, media.timeSec.value, media.durationSec.value));
  },
});

export const setClipEnd = defineAction({
  id: 'clip-end',
  name: 'Clip ends here',
  group: 'Clip',
  shortcuts: ['O', ']'],
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

export const loop = defineAction({
  id: 'loop',
  name: 'Play it again and again',
  group: 'Clip',
  icon: Repeat,
  shortcuts: ['R'],
  testId: 'loop',
  isEnabled: canPlay,
  perform({ player: { clip, media } }) {
    media.isLooping.value = !media.isLooping.value;
    if (media.isLooping.value && clip.range.value) media.playRange(clip.range.value);
  },
});

/** A place in the file; with a clip drawn by hand, a chapter. */
export const addMarker = defineAction({
  id: 'add-marker',
  name: 'Mark this place, or the clip as a chapter',
  group: 'Clip',
  icon: BookmarkPlus,
  shortcuts: ['B'],
  testId: 'add-marker',
  isEnabled: (app) => hasTimeline(app) && !app.player.item.value?.isGranted,
  perform({ player: { clip, markers, media }, toasts }) {
    const drawn = clip.segmentId.value === null ? clip.range.value : null;
    return toasts.attempt(() => markers.add(drawn ?? { startSec: media.timeSec.value, endSec: null }));
  },
});

function selectNeighbour({ player }: App, step: number): void {
  const list = player.segments.value;
  const here = player.shownSegment.value ?? segmentAt(list, player.media.timeSec.value);
  const next = list[here ? list.indexOf(here) + step : 0];
  if (!next) return;
  player.clip.selectSegment(next);
  player.media.seek(next.startSec);
}

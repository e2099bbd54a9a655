/** Commands on what the timeline shows. */
import { ZoomIn, ZoomOut } from '@lucide/vue';
import { defineAction, hasTimeline } from './action.ts';

const ZOOM_STEP = 1.6;

export const zoomIn = defineAction({
  id: 'zoom-in',
  name: 'Timeline nearer',
  group: 'Timeline',
  icon: ZoomIn,
  shortcuts: ['+', '='],
  testId: 'zoom-in',
  isEnabled: hasTimeline,
  perform: (app) => app.player.view.zoom(ZOOM_STEP),
});

export const zoomOut = defineAction({
  id: 'zoom-out',
  name: 'Timeline farther',
  group: 'Timeline',
  icon: ZoomOut,
  shortcuts: ['-'],
  testId: 'zoom-out',
  isEnabled: (app) => hasTimeline(app) && !app.player.view.isWhole.value,
  perform: (app) => app.player.view.zoom(1 / ZOOM_STEP),
});

export const zoomToClip = defineAction({
  id: 'zoom-to-clip',
  name: 'Timeline to the clip',
  group: 'Timeline',
  shortcuts: ['Z'],
  isEnabled: (app) => hasTimeline(app) && app.player.clip.range.value !== null,
  perform({ player: { clip, view } }) {
    if (clip.range.value) view.show(clip.range.value);
  },
});

export const showWholeFile = defineAction({
  id: 'zoom-whole',
  name: 'Timeline of the whole file',
  group: 'Timeline',
  shortcuts: ['0'],
  isEnabled: (app) => hasTimeline(app) && !app.player.view.isWhole.value,
  perform: (app) => app.player.view.showAll(),
});

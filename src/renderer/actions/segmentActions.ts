/** Commands on one segment of the open file. */
import { Copy, MessageCircleQuestion, Play, SquareDashedMousePointer } from '@lucide/vue';
import type { IndexedSegment } from '../../contract/media.ts';
import { formatRange } from '../logic/format.ts';
import { always, canPlay, defineAction } from './action.ts';
import { copyText } from './copyText.ts';

export const askAboutSegment = defineAction<IndexedSegment>({
  id: 'ask-segment',
  name: 'Ask about this segment',
  group: 'Clip',
  icon: MessageCircleQuestion,
  testId: 'context-ask',
  isEnabled: always,
  perform(app, segment) {
    app.player.clip.selectSegment(segment);
    app.player.clip.requestAsk();
  },
});

export const selectSegment = defineAction<IndexedSegment>({
  id: 'select-segment',
  name: 'Make it the clip',
  group: 'Clip',
  icon: SquareDashedMousePointer,
  isEnabled: always,
  perform(app, segment) {
    app.player.clip.selectSegment(segment);
    app.player.media.seek(segment.startSec);
  },
});

export const playSegment = defineAction<IndexedSegment>({
  id: 'play-segment',
  name: 'Play this segment',
  group: 'Clip',
  icon: Play,
  isEnabled: (app) => canPlay(app),
  perform(app, segment) {
    app.player.media.playRange(segment);
  },
});

export const copySegment = defineAction<IndexedSegment>({
  id: 'copy-segment',
  name: 'Copy text and times',
  group: 'Clip',
  icon: Copy,
  isEnabled: (_app, segment) => segment.knowledge.length > 0,
  perform(app, segment) {
    const lines = segment.knowledge.map((entry) => `${entry.text} (${entry.source})`);
    return copyText(app, [formatRange(segment), ...lines].join('\n'), 'The text was copied.');
  },
});

export const segmentActions = [askAboutSegment, selectSegment, playSegment, copySegment];

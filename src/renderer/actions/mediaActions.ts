/** Commands on one file of the library. */
import { Copy, FolderHeart, Heart, MessageCircleQuestion, Play, Plus, RefreshCw, Tag, Trash2 } from '@lucide/vue';
import type { MediaItem } from '../../contract/media.ts';
import { mediaRoute } from '../logic/route.ts';
import { always, defineAction } from './action.ts';
import { copyText } from './copyText.ts';

export const askAboutMedia = defineAction<MediaItem>({
  id: 'ask-media',
  name: 'Ask about this video',
  group: 'Library',
  icon: MessageCircleQuestion,
  testId: 'context-ask',
  isEnabled: (_app, item) => item.state !== 'failed' && item.state !== 'offline',
  perform(app, item) {
    app.router.go(mediaRoute(item.id));
    app.player.clip.requestAsk();
  },
});

export const openMedia = defineAction<MediaItem>({
  id: 'open-media',
  name: 'Open',
  group: 'Library',
  icon: Play,
  testId: 'context-open',
  isEnabled: always,
  perform: (app, item) => app.router.go(mediaRoute(item.id)),
});

export const reindexMedia = defineAction<MediaItem>({
  id: 'reindex-media',
  name: 'Index again',
  group: 'Library',
  icon: RefreshCw,
  testId: 'context-reindex',
  isEnabled: (_app, item) =>
    !item.isGranted && item.state !== 'queued' && item.state !== 'indexing' && item.state !== 'offline',
  async perform(app, item) {
    const started = await app.toasts.attempt(() => app.library.reindex(item.id));
    if (started) app.toasts.inform(`${item.fileName} is indexed again.`);
  },
});

/** A file that was opened from outside, and is in this window alone. */
export const keepMedia = defineAction<MediaItem>({
  id: 'keep-media',
  name: 'Add to the library',
  group: 'Library',
  icon: Plus,
  testId: 'keep-media',
  isEnabled: (_app, item) => item.isGranted === true,
  async perform(app, item) {
    const added = await app.toasts.attempt(() => app.library.add([item.path]));
    if (added) app.toasts.inform(`${item.fileName} is added to the library.`);
  },
});

export const copyPath = defineAction<MediaItem>({
  id: 'copy-path',
  name: 'Copy path',
  group: 'Library',
  icon: Copy,
  testId: 'context-copy-path',
  isEnabled: always,
  perform: (app, item) => copyText(app, item.path, 'The path was copied.'),
});

export const removeMedia = defineAction<MediaItem>({
  id: 'remove-media',
  name: 'Remove from library',
  group: 'Library',
  icon: Trash2,
  isDangerous: true,
  testId: 'context-remove',
  isEnabled: (_app, item) => !item.isGranted,
  perform: (app, item) => app.dialogs.open({ kind: 'remove', item }),
});

export const markMedia = defineAction<MediaItem>({
  id: 'mark-media',
  name: 'Tags, rating and notes',
  group: 'Library',
  icon: Tag,
  testId: 'context-marks',
  isEnabled: (_app, item) => !item.isGranted,
  perform: (app, item) => app.dialogs.open({ kind: 'marks', item }),
});

export const favourMedia = defineAction<MediaItem>({
  id: 'favour-media',
  name: 'Favourite, or no more',
  group: 'Library',
  icon: Heart,
  testId: 'context-favourite',
  isEnabled: (_app, item) => !item.isGranted,
  perform: (app, item) =>
    app.toasts.attempt(() =>
      app.client.call('markMedia', { mediaIds: [item.id], isFavourite: !item.marks.isFavourite }),
    ),
});

export const collectMedia = defineAction<MediaItem>({
  id: 'collect-media',
  name: 'Begin a collection with it',
  group: 'Library',
  icon: FolderHeart,
  testId: 'context-collect',
  isEnabled: (_app, item) => !item.isGranted,
  perform: (app, item) => app.dialogs.open({ kind: 'collection', collection: null, mediaIds: [item.id] }),
});

export const mediaActions = [
  ...[askAboutMedia, openMedia, keepMedia, favourMedia, markMedia, collectMedia],
  ...[reindexMedia, copyPath, removeMedia],
];

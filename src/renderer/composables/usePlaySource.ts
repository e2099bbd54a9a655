/** What the player's element plays: the file itself, or pieces that are converted while it plays. */
import { useEventListener } from '@vueuse/core';
import { type ComputedRef, ref, shallowRef, watch } from 'vue';
import type { PlayheadClient } from '../../contract/client.ts';
import { playableRoute } from '../../contract/madeRoutes.ts';
import type { MediaCheck, MediaItem } from '../../contract/media.ts';
import type { PlaybackFacts } from '../../contract/playback.ts';
import { choosePieceType, describeConversion, playsAsItIs } from '../logic/directPlay.ts';
import { type Feed, feedPieces } from './feedPieces.ts';
import type { useMediaElement } from './useMediaElement.ts';

type MediaElement = Pick<ReturnType<typeof useMediaElement>, 'element' | 'timeSec' | 'durationSec' | 'trouble'>;

interface Needs {
  item: ComputedRef<MediaItem | null>;
  media: MediaElement;
  check: { readonly value: MediaCheck | null };
}

export function usePlaySource(client: PlayheadClient, { item, media, check }: Needs) {
  /** For the element; null while it is not decided. */
  const src = ref<string | null>(null);
  /** What was done to the file so that it plays, in words; null where nothing was. */
  const note = ref<string | null>(null);
  const facts = shallowRef<PlaybackFacts | null>(null);
  let feed: Feed | null = null;

  function stop(): void {
    feed?.end();
    feed = null;
    facts.value = null;
    note.value = null;
    src.value = null;
  }

  async function choose(now: MediaItem): Promise<void> {
    const direct = client.urlOf(now.stream);
    if (now.kind === 'image' || now.state === 'offline') {
      src.value = direct;
      return;
    }
    // Without an answer the file is tried as it is, and what is wrong with it is told.
    const found = await client.call('playback', { mediaId: now.id }).catch(() => null);
    if (item.value?.id !== now.id) return;
    facts.value = found;
    if (found && found.durationSec > 0) media.durationSec.value = found.durationSec;
    const probe = document.createElement('video');
    if (!found || playsAsItIs(found, (type) => probe.canPlayType(type)) || !convert(now, found)) src.value = direct;
  }

  /** @returns false where this engine plays no pieces */
  function convert(now: MediaItem, found: PlaybackFacts): boolean {
    const type = 'MediaSource' in window ? choosePieceType(found, (name) => MediaSource.isTypeSupported(name)) : null;
    if (type === null || found.durationSec <= 0) return false;
    feed = feedPieces({
      ...{ facts: found, type, durationSec: found.durationSec },
      // Before the first piece an element has no time of its own.
      atSec: () =>
        (media.element.value?.readyState ?? 0) > 0 ? (media.element.value?.currentTime ?? 0) : media.timeSec.value,
      urlOf: (first, count) => client.urlOf(playableRoute(now.id, { format: type.format, first, count })),
      onFailed: () => {
        media.trouble.value = 'none';
      },
    });
    src.value = feed.url;
    note.value = describeConversion(found);
    return true;
  }

  /** Begins anew at the same moment: another file, another sound track. */
  function begin(): void {
    stop();
    if (item.value) void choose(item.value);
  }
  // Each by itself: what else changes of a file never interrupts it.
  watch([() => item.value?.id, () => item.value?.state === 'offline'], begin);

  // The engine took it for something that it plays, and it does not: the file is sound, so it is converted.
  watch([media.trouble, () => check.value], ([trouble, found]) => {
    const isSound = trouble === 'no-picture' || (found !== null && found.error === null && found.notices.length === 0);
    if (trouble === null || !isSound || feed || !facts.value || !item.value) return;
    if (convert(item.value, facts.value)) media.trouble.value = null;
  });

  for (const name of ['seeking', 'timeupdate', 'waiting', 'play'] as const) {
    useEventListener(media.element, name, () => feed?.wake());
  }

  return { src, note, facts, begin };
}

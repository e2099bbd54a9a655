/** Feeds a <video> or <audio> with converted pieces, from the moment that is shown on. */
import type { PlaybackFacts } from '../../contract/playback.ts';
import type { PieceType } from '../logic/directPlay.ts';
import { type Buffered, planPiece } from '../logic/planPieces.ts';

/** Seconds behind the moment that is shown after which pieces are let go. */
const KEPT_BEHIND_SEC = 60;

export interface FeedOptions {
  facts: PlaybackFacts;
  type: PieceType;
  durationSec: number;
  /** The moment that is shown or waited for, seconds. */
  atSec(): number;
  urlOf(first: number, count: number): string;
  onFailed(): void;
}

export interface Feed {
  /** For the element's `src`. */
  url: string;
  /** The moment has moved: what is missing there is fetched. */
  wake(): void;
  end(): void;
}

export function feedPieces(options: FeedOptions): Feed {
  const { facts, type, durationSec } = options;
  const source = new MediaSource();
  const ended = new AbortController();
  const url = URL.createObjectURL(source);
  let buffer: SourceBuffer | null = null;
  let isFeeding = false;

  source.addEventListener('sourceopen', open, { once: true });

  function open(): void {
    URL.revokeObjectURL(url);
    source.duration = durationSec;
    buffer = source.addSourceBuffer(type.mimeType);
    buffer.appendWindowEnd = durationSec;
    wake();
  }

  function wake(): void {
    if (isFeeding || buffer === null || ended.signal.aborted) return;
    isFeeding = true;
    feed(buffer)
      .catch(() => {
        if (!ended.signal.aborted) options.onFailed();
      })
      .finally(() => {
        isFeeding = false;
      });
  }

  async function feed(into: SourceBuffer): Promise<void> {
    while (!ended.signal.aborted && source.readyState !== 'closed') {
      const next = planPiece(options.atSec(), rangesOf(into), { durationSec, unitSec: facts.unitSec });
      if (next === 'all' && source.readyState === 'open') source.endOfStream();
      if (next === 'all' || next === null) return;
      const response = await fetch(options.urlOf(next.first, next.count), { signal: ended.signal });
      if (!response.ok) throw new Error(`A piece was refused: ${response.status}.`);
      const bytes = await response.arrayBuffer();
      if (ended.signal.aborted) return;
      await letGo(into, options.atSec());
      into.timestampOffset = next.first * facts.unitSec;
      await whenUpdated(into, () => into.appendBuffer(bytes));
    }
  }

  return { url, wake, end: () => ended.abort() };
}

async function letGo(buffer: SourceBuffer, atSec: number): Promise<void> {
  const [oldest] = rangesOf(buffer);
  const until = atSec - KEPT_BEHIND_SEC;
  if (oldest && until > 0 && oldest.startSec < until - KEPT_BEHIND_SEC)
    await whenUpdated(buffer, () => buffer.remove(0, until));
}

function rangesOf({ buffered }: SourceBuffer): Buffered[] {
  return Array.from({ length: buffered.length }, (_, i) => ({ startSec: buffered.start(i), endSec: buffered.end(i) }));
}

function whenUpdated(buffer: SourceBuffer, change: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    buffer.addEventListener('updateend', () => resolve(), { once: true });
    buffer.addEventListener('error', () => reject(new Error('A piece could not be read.')), { once: true });
    change();
  });
}

/** The lanes of the timeline, one row a lane: adding a kind of knowledge adds its lane. */
import { type KnowledgeKind, knowledgeKindNames, knowledgeKinds } from '../../contract/knowledge.ts';
import type { Marker } from '../../contract/markers.ts';
import type { IndexedSegment, Segment } from '../../contract/media.ts';
import type { SearchHit } from '../../contract/search.ts';

export interface LaneItem extends Segment {
  key: string;
  label: string;
  /** What is pressed plays this stretch; otherwise the playhead goes to its beginning. */
  plays?: boolean;
}

/** All that can lie on a timeline. */
export interface LaneSources {
  segments: readonly IndexedSegment[];
  hits: readonly SearchHit[];
  cited: readonly Segment[];
  markers: readonly Marker[];
}

export interface Lane {
  id: string;
  name: string;
  /** 'found' is amber, 'cited' has the accent, the rest is grey. */
  tone: 'plain' | 'found' | 'cited' | 'own';
  itemsOf(sources: LaneSources): LaneItem[];
}

export const lanes: readonly Lane[] = [
  ...knowledgeKindNames.map((kind) => ({
    id: kind,
    name: knowledgeKinds[kind].heading,
    tone: 'plain' as const,
    itemsOf: ({ segments }: LaneSources) => knowledgeItems(segments, kind),
  })),
  {
    id: 'hits',
    name: 'Found',
    tone: 'found',
    itemsOf: ({ hits }) =>
      hits.map((hit) => ({ ...stretchOf(hit), key: hit.segmentId, label: reasonOf(hit), plays: true })),
  },
  {
    id: 'cited',
    name: 'Cited',
    tone: 'cited',
    itemsOf: ({ cited }) => cited.map((part, i) => ({ ...stretchOf(part), key: `${i}`, label: 'cited', plays: true })),
  },
  {
    id: 'markers',
    name: 'Markers',
    tone: 'own',
    itemsOf: ({ markers }) =>
      markers.map(({ id, startSec, endSec, text }) => ({ key: id, startSec, endSec: endSec ?? startSec, label: text })),
  },
];

/** Lanes that can be switched off besides: they are drawn, not made of items. */
export const drawnLanes = [
  { id: 'picture', name: 'Picture' },
  { id: 'sound', name: 'Sound' },
] as const;

function stretchOf({ startSec, endSec }: Segment): Segment {
  return { startSec, endSec };
}

function reasonOf({ reasons }: SearchHit): string {
  return reasons[0]?.text.replaceAll(/[«»]/g, '') ?? 'found';
}

/** Equal words that follow each other are one item; different ones about the same stretch share one. */
function knowledgeItems(segments: readonly IndexedSegment[], kind: KnowledgeKind): LaneItem[] {
  const items: LaneItem[] = [];
  const pieces = segments.flatMap(({ knowledge }) => knowledge).filter((piece) => piece.kind === kind);
  for (const { startSec, endSec, text } of pieces.sort((a, b) => a.startSec - b.startSec)) {
    const before = items.findLast((item) => item.label === text);
    const beside = items.findLast((item) => item.startSec === startSec && item.endSec === endSec);
    if (before && before.endSec >= startSec - 0.05) before.endSec = Math.max(before.endSec, endSec);
    else if (beside) beside.label = `${beside.label}, ${text}`;
    else items.push({ key: `${startSec}-${items.length}`, startSec, endSec, label: text });
  }
  return items;
}

/** Items narrower than this are joined with what is near. Pixels. */
const NARROWEST_PX = 4;

/** What is drawn of a lane: the items in the view, those that lie in the same few pixels as one. */
export function itemsInView(items: readonly LaneItem[], view: Segment, widthPx: number): LaneItem[] {
  const secPerPx = (view.endSec - view.startSec) / Math.max(1, widthPx);
  const shown: LaneItem[] = [];
  for (const item of items) {
    if (item.endSec < view.startSec || item.startSec > view.endSec) continue;
    const last = shown.at(-1);
    const isNarrow = item.endSec - item.startSec < NARROWEST_PX * secPerPx;
    const isNear = last !== undefined && item.startSec - last.startSec < NARROWEST_PX * secPerPx;
    if (isNarrow && isNear) last.endSec = Math.max(last.endSec, item.endSec);
    else shown.push({ ...item });
  }
  return shown;
}

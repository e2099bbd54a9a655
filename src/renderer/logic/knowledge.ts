/** What is known about a stretch, and why it was found, in words. */
import { type KnowledgeKind, knowledgeKindNames, knowledgeKinds, matchName } from '../../contract/knowledge.ts';
import type { Knowledge } from '../../contract/media.ts';
import type { MatchReason } from '../../contract/search.ts';
import { formatTime } from './format.ts';

/** "written on screen at 0:12 · PP-OCRv4"; a source that says nothing new is left out. */
export function matchLabel({ kind, source, atSec }: Pick<MatchReason, 'kind' | 'source' | 'atSec'>): string {
  const name = matchName(kind);
  const label = atSec === null ? name : `${name} at ${formatTime(atSec)}`;
  return source === '' || source === name ? label : `${label} · ${source}`;
}

export interface KnowledgeGroup {
  kind: KnowledgeKind;
  name: string;
  entries: Knowledge[];
}

/** What is known, by kind in the order of their rows, equal texts of one source once. */
export function groupKnowledge(knowledge: readonly Knowledge[]): KnowledgeGroup[] {
  const entriesOf = (kind: KnowledgeKind) => unique(knowledge.filter((piece) => piece.kind === kind));
  return knowledgeKindNames
    .map((kind) => ({ kind, name: knowledgeKinds[kind].heading, entries: entriesOf(kind) }))
    .filter((group) => group.entries.length > 0);
}

function unique(entries: Knowledge[]): Knowledge[] {
  const seen = new Map<string, Knowledge>();
  for (const entry of entries) {
    const key = `${entry.source}\n${entry.text}`;
    const known = seen.get(key);
    const surer = known && (entry.confidence ?? 0) <= (known.confidence ?? 0) ? known : entry;
    // Its time is where it begins first.
    seen.set(key, { ...surer, startSec: Math.min(entry.startSec, known?.startSec ?? entry.startSec) });
  }
  return [...seen.values()];
}

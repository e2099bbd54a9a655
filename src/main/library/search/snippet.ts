/** A short piece of a text around the words that were found, with these between « and ». */

export interface Mark {
  /** UTF-16 units of the text; the end is exclusive. */
  start: number;
  end: number;
}

const LONGEST = 160;
const BEFORE_FIRST = 50;

/** At most about 160 characters; "…" where the text goes on. Quotation marks of the text itself become ‹ and ›. */
export function snippet(text: string, marks: Mark[]): string {
  const merged = mergeMarks(marks);
  const { from, to } = windowAround(text, merged[0] ?? { start: 0, end: 0 });
  let result = from > 0 ? '…' : '';
  let at = from;
  for (const { start, end } of merged) {
    if (start < at || end > to) continue;
    result += `${plain(text.slice(at, start))}«${plain(text.slice(start, end))}»`;
    at = end;
  }
  return result + plain(text.slice(at, to)) + (to < text.length ? '…' : '');
}

function plain(text: string): string {
  return text.replaceAll('«', '‹').replaceAll('»', '›').replace(/\s+/g, ' ');
}

function mergeMarks(marks: Mark[]): Mark[] {
  const merged: Mark[] = [];
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last !== undefined && mark.start < last.end) last.end = Math.max(last.end, mark.end);
    else merged.push({ ...mark });
  }
  return merged;
}

function windowAround(text: string, first: Mark): { from: number; to: number } {
  if (text.length <= LONGEST) return { from: 0, to: text.length };
  const from = first.start <= BEFORE_FIRST ? 0 : wordStart(text, first.start - BEFORE_FIRST, first.start);
  const wanted = Math.max(from + LONGEST, first.end);
  const to = wanted >= text.length ? text.length : wordEnd(text, wanted, first.end);
  return { from, to };
}

function wordStart(text: string, from: number, latest: number): number {
  const space = text.slice(from, latest).search(/\s/);
  return space === -1 ? atCharacter(text, from) : from + space + 1;
}

function wordEnd(text: string, to: number, earliest: number): number {
  const space = text.slice(earliest, to).search(/\s\S*$/);
  return space <= 0 ? atCharacter(text, to) : earliest + space;
}

/** Never between the two halves of an emoji. */
function atCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}

/** The library's grid: equal cards that fill the width. Pixels. */
export interface GridLayout {
  columns: number;
  cardWidth: number;
  rowHeight: number;
}

export const GRID_GAP = 20;
const SMALLEST_CARD = 210;
/** On a phone, two cards stand side by side. */
const NARROW_WIDTH = 480;
const SMALLEST_NARROW_CARD = 140;
/** Name and facts under the picture. */
const CARD_TEXT = 62;

export function gridLayout(width: number): GridLayout {
  const smallest = width < NARROW_WIDTH ? SMALLEST_NARROW_CARD : SMALLEST_CARD;
  const columns = Math.max(1, Math.floor((width + GRID_GAP) / (smallest + GRID_GAP)));
  const cardWidth = (width - GRID_GAP * (columns - 1)) / columns;
  return { columns, cardWidth, rowHeight: Math.round((cardWidth * 9) / 16) + CARD_TEXT + GRID_GAP };
}

/** Where an arrow key leads in a grid of `count` cards; the same place when it leads nowhere. */
export function moveInGrid(index: number, key: string, columns: number, count: number): number {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const next = index + (steps[key] ?? 0);
  return next >= 0 && next < count ? next : index;
}

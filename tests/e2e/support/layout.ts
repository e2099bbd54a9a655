/** Where things are on the screen: what covers what, and what the Tab key reaches. */
import { expect, type Locator, type Page } from '@playwright/test';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Half a pixel is rounding. */
const ROUNDING = 0.5;

/** All that are shown lie in the window, and none over another. */
export async function expectApart(page: Page, parts: Record<string, Locator>): Promise<void> {
  const viewport = page.viewportSize() as { width: number; height: number };
  const faults: string[] = [];
  const placed: [string, Box][] = [];
  for (const [name, part] of Object.entries(parts)) {
    const box = (await part.isVisible()) ? await part.boundingBox() : null;
    if (!box) continue;
    if (!isWithin(box, viewport)) faults.push(`${name} is out of the window: ${JSON.stringify(box)}`);
    for (const [other, otherBox] of placed) if (isOver(box, otherBox)) faults.push(`${name} lies over ${other}`);
    placed.push([name, box]);
  }
  expect(faults).toEqual([]);
}

function isWithin(box: Box, viewport: { width: number; height: number }): boolean {
  return (
    box.x >= -ROUNDING &&
    box.y >= -ROUNDING &&
    box.x + box.width <= viewport.width + ROUNDING &&
    box.y + box.height <= viewport.height + ROUNDING
  );
}

function isOver(one: Box, other: Box): boolean {
  return (
    one.x + one.width > other.x + ROUNDING &&
    other.x + other.width > one.x + ROUNDING &&
    one.y + one.height > other.y + ROUNDING &&
    other.y + other.height > one.y + ROUNDING
  );
}

/** Walks once round with the Tab key: every control in `within` (CSS) gets the focus, and can then be seen whole. */
export async function expectReachedByTab(page: Page, what: string, within = 'body'): Promise<void> {
  const names = await page.evaluate(numberControls, within);
  expect(names.length, what).toBeGreaterThan(0);
  const reached = new Set<number>();
  const hidden = new Set<string>();
  // What scrolls gets the focus too, beside the controls.
  for (let press = 0; press < names.length + 10 && reached.size < names.length; press++) {
    await page.keyboard.press('Tab');
    const { index, fault } = await page.evaluate(lookAtFocus);
    if (index === null) continue;
    reached.add(index);
    if (fault) hidden.add(`${names[index]} ${fault}`);
  }
  const missed = names.filter((_, index) => !reached.has(index));
  expect({ missed, hidden: [...hidden] }, what).toEqual({ missed: [], hidden: [] });
}

/** Runs in the page. Numbers what the Tab key should stop at, and gives the names. */
function numberControls(within: string): string[] {
  const isStop = (element: HTMLElement) => {
    const isOtherRadio = element instanceof HTMLInputElement && element.type === 'radio' && !element.checked;
    const isShown = element.checkVisibility({ visibilityProperty: true });
    return element.tabIndex >= 0 && !element.matches(':disabled, [inert] *') && !isOtherRadio && isShown;
  };
  const sorts = ['a[href]', 'button', 'input', 'select', 'textarea', 'summary'];
  const controls = document.querySelectorAll<HTMLElement>(sorts.map((sort) => `${within} ${sort}`).join());
  return [...controls].filter(isStop).map((element, index) => {
    element.dataset.tabWalk = String(index);
    return element.getAttribute('aria-label') ?? (element.innerText.trim() || element.outerHTML.slice(0, 120));
  });
}

/** Runs in the page. Which of the numbered controls has the focus, and what keeps one from seeing it. */
function lookAtFocus(): { index: number | null; fault: string | null } {
  const element = document.activeElement as HTMLElement | null;
  const number = element?.dataset.tabWalk;
  if (!element || number === undefined) return { index: null, fault: null };
  // Of a choice that is drawn by its label, the label is seen.
  const shown = element.closest('label') ?? element;
  const { left, top, right, bottom } = shown.getBoundingClientRect();
  const isInside = left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
  const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const isSeen = over !== null && (shown.contains(over) || over.contains(shown));
  const fault = isInside ? (isSeen ? null : 'is covered') : 'is out of the window';
  return { index: Number(number), fault };
}

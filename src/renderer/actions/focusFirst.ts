/** Moves the focus to the first thing with this test id, or inside it. */
export function focusFirst(testId: string): void {
  document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)?.focus();
}

/** Moves the focus to the neighbour among the things with the same test id; `step` is +1 or -1. */
export function focusNeighbour(element: Element, step: number): boolean {
  const testId = element.getAttribute('data-testid');
  const all = [...document.querySelectorAll<HTMLElement>(`[data-testid="${testId}"]`)];
  const next = all[all.indexOf(element as HTMLElement) + step];
  next?.focus();
  return next !== undefined;
}

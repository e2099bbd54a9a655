/** Keys to commands: one listener for the window. */
import { useEventListener } from '@vueuse/core';
import type { App } from '../composables/useApp.ts';
import { matchesShortcut } from '../logic/shortcut.ts';
import { type Action, actions } from './index.ts';

const FIELDS = 'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]';
/** Widgets that answer these keys themselves. */
const PRESSABLE = 'button, a, summary, [role=button]';
const MOVABLE = '[role=radiogroup], [role=radio], input[type=radio], [role=tablist], [data-own-arrows]';
const LAYERS = '[role=dialog][data-state=open], [role=alertdialog][data-state=open], [role=menu][data-state=open]';

export function useShortcuts(app: App): void {
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector(LAYERS)) return;
    const action = actions.find((candidate) => isMeant(candidate, event) && candidate.isEnabled(app));
    if (!action) return;
    event.preventDefault();
    void action.perform(app);
  });
}

function isMeant(action: Action, event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.matches(FIELDS)) {
    // A field keeps its signs; only combinations such as Ctrl+K pass through.
    if (!action.worksInFields || !(event.ctrlKey || event.metaKey)) return false;
  } else if (target?.matches(PRESSABLE) && (event.key === ' ' || event.key === 'Enter')) {
    return false;
  } else if (target?.closest(MOVABLE) && event.key.startsWith('Arrow')) {
    return false;
  }
  return action.shortcuts?.some((shortcut) => matchesShortcut(shortcut, event)) ?? false;
}

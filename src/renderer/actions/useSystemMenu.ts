/** The same commands in the menus of the system, where there is one around the window. */
import { computed, watch } from 'vue';
import type { WindowCommand } from '../../contract/desktop.ts';
import { desktop } from '../client/desktop.ts';
import type { App } from '../composables/useApp.ts';
import { actions } from './index.ts';

export function useSystemMenu(app: App): void {
  const shell = desktop();
  if (!shell) return;
  const commands = computed(() => actions.map((action) => commandOf(action, app)));
  // Told again only when one of them can be used, or cannot any more.
  watch(
    () => JSON.stringify(commands.value),
    () => shell.setCommands(commands.value),
    { immediate: true },
  );
  shell.onCommand((id) => {
    const action = actions.find((candidate) => candidate.id === id);
    if (action?.isEnabled(app)) void action.perform(app);
  });
}

function commandOf({ id, name, group, shortcuts, isEnabled }: (typeof actions)[number], app: App): WindowCommand {
  return { id, name, group, shortcut: shortcuts?.[0] ?? null, isEnabled: isEnabled(app) };
}

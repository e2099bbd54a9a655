/** Commands of the window itself. */
import { Activity, CircleHelp, Info, ListTodo, Monitor, Plus, Search, SunMoon } from '@lucide/vue';
import { always, defineAction } from './action.ts';

export const focusSearch = defineAction({
  id: 'focus-search',
  name: 'Search',
  group: 'Window',
  icon: Search,
  shortcuts: ['Mod+K', '/'],
  worksInFields: true,
  isEnabled: always,
  perform: () => document.getElementById('search-box')?.focus(),
});

export const goBack = defineAction({
  id: 'back',
  name: 'Back to the library',
  group: 'Window',
  shortcuts: ['Escape'],
  isEnabled: (app) => app.router.current.value.page === 'media' || app.router.current.value.query !== '',
  perform: (app) => app.router.back(),
});

export const addFiles = defineAction({
  id: 'add',
  name: 'Add files or a folder',
  group: 'Window',
  icon: Plus,
  shortcuts: ['Mod+O'],
  worksInFields: true,
  testId: 'add-button',
  isEnabled: always,
  perform: (app) => app.dialogs.open({ kind: 'add' }),
});

export const showJobs = defineAction({
  id: 'jobs',
  name: 'Jobs',
  group: 'Window',
  icon: ListTodo,
  shortcuts: ['Mod+J'],
  worksInFields: true,
  isEnabled: always,
  perform(app) {
    app.jobs.isTrayOpen.value = !app.jobs.isTrayOpen.value;
  },
});

export const showStatus = defineAction({
  id: 'status',
  name: 'Status',
  group: 'Window',
  icon: Info,
  shortcuts: ['Mod+I'],
  worksInFields: true,
  testId: 'status-button',
  isEnabled: always,
  perform: (app) => app.dialogs.open({ kind: 'status' }),
});

export const showModels = defineAction({
  id: 'models',
  name: 'Models',
  group: 'Window',
  icon: Activity,
  isEnabled: always,
  perform: (app) => app.dialogs.open({ kind: 'models' }),
});

/** What the desktop shell offers, and a browser does not. */
export const showDesktop = defineAction({
  id: 'desktop',
  name: 'Desktop settings',
  group: 'Window',
  icon: Monitor,
  testId: 'desktop-button',
  isEnabled: always,
  perform: (app) => app.dialogs.open({ kind: 'desktop' }),
});

export const toggleTheme = defineAction({
  id: 'theme',
  name: 'Light or dark',
  group: 'Window',
  icon: SunMoon,
  shortcuts: ['Mod+Shift+L'],
  worksInFields: true,
  testId: 'theme-toggle',
  isEnabled: always,
  perform: (app) => app.theme.toggle(),
});

export const showShortcuts = defineAction({
  id: 'shortcuts',
  name: 'Keyboard shortcuts',
  group: 'Window',
  icon: CircleHelp,
  shortcuts: ['?'],
  testId: 'shortcuts-button',
  isEnabled: always,
  perform: (app) => app.dialogs.open({ kind: 'shortcuts' }),
});

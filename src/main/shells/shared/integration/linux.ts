/** Linux, by the specifications of freedesktop.org: the app's entry with its types, and the menus of three file managers. */
import { join } from 'node:path';
import { FILE_TYPES } from '../../../media/fileTypes.ts';
import { linkScheme } from '../askLink.ts';
import { execLine, formatEntry } from './desktopEntry.ts';
import { askName, type IntegrationPlan, type Launcher, marker, type PlannedFile } from './plan.ts';

/** Types of video and sound, as far as the system's own database can know them. */
const mimeTypes = [
  ...new Set(FILE_TYPES.filter(({ kind }) => kind === 'video' || kind === 'audio').map(({ mime }) => mime)),
];
const typeList = `${mimeTypes.join(';')};`;

/** @param data the person's folder of data, ~/.local/share */
export function planLinux(launcher: Launcher, data: string): IntegrationPlan {
  const applications = join(data, 'applications');
  return {
    files: [
      appEntry(launcher, join(applications, 'playhead.desktop')),
      dolphinMenu(launcher, join(data, 'kio', 'servicemenus', 'playhead-ask.desktop')),
      nemoAction(launcher, join(data, 'nemo', 'actions', 'playhead-ask.nemo_action')),
      nautilusScript(launcher, join(data, 'nautilus', 'scripts', askName)),
      icon(launcher, join(data, 'icons', 'hicolor', 'scalable', 'apps', 'playhead.svg')),
    ],
    root: data,
    keys: [],
    refresh: [['update-desktop-database', applications]],
    leftovers: [{ path: join(applications, 'mimeinfo.cache'), empty: /^\s*(\[MIME Cache\]\s*)?$/ }],
    offers: [
      '“Open with Playhead” for video and sound',
      `“${askName}” in Dolphin and Nemo, and among the scripts of Nautilus`,
      'links that begin with playhead://ask',
    ],
  };
}

function appEntry({ command }: Launcher, path: string): PlannedFile {
  const text = formatEntry(
    {
      'Desktop Entry': {
        Type: 'Application',
        Name: 'Playhead',
        GenericName: 'Media library',
        Comment: 'Find the moment you mean in your videos, and ask about it',
        Exec: execLine([...command, '--ask'], '%U'),
        Icon: 'playhead',
        Terminal: 'false',
        Categories: 'AudioVideo;Video;Player;',
        MimeType: `${typeList}x-scheme-handler/${linkScheme};`,
        StartupWMClass: 'playhead',
        Actions: 'library;',
      },
      'Desktop Action library': { Name: 'Open the library', Exec: execLine([...command, '--ask'], '') },
    },
    marker,
  );
  return { path, text };
}

/** KDE asks that a menu that a person has installed may be run. */
function dolphinMenu({ command }: Launcher, path: string): PlannedFile {
  const text = formatEntry(
    {
      'Desktop Entry': {
        Type: 'Service',
        'X-KDE-ServiceTypes': 'KonqPopupMenu/Plugin',
        MimeType: typeList,
        Actions: 'askPlayhead;',
        'X-KDE-Priority': 'TopLevel',
      },
      'Desktop Action askPlayhead': { Name: askName, Icon: 'playhead', Exec: execLine([...command, '--ask'], '%F') },
    },
    marker,
  );
  return { path, text, isExecutable: true };
}

/** An address holds no quote and no backslash, so that whatever a name holds, it stays one argument. */
function nemoAction({ command }: Launcher, path: string): PlannedFile {
  const text = formatEntry(
    {
      'Nemo Action': {
        Active: 'true',
        Name: askName,
        Comment: 'Opens it in Playhead with the cursor in the question',
        Exec: `${execLine([...command, '--ask'], '')} %U`,
        'Icon-Name': 'playhead',
        Selection: 's',
        Mimetypes: 'video/*;audio/*;',
        Quote: 'double',
      },
    },
    marker,
  );
  return { path, text };
}

/**
 * Nautilus has no entries of this kind: it tells a script the addresses of what was chosen, a line each. They hold no
 * space and no line break, whatever the names hold. The app runs on when the script has ended.
 */
function nautilusScript({ command }: Launcher, path: string): PlannedFile {
  const text = `#!/bin/sh
# ${marker}
IFS='
'
set -f
set -- $NAUTILUS_SCRIPT_SELECTED_URIS
[ $# -eq 0 ] || ${shellCommand([...command, '--ask'])} "$@" </dev/null >/dev/null 2>&1 &
`;
  return { path, text, isExecutable: true };
}

/** For a POSIX shell, whatever the parts hold. */
export function shellCommand(command: readonly string[]): string {
  return command.map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' ');
}

function icon({ icon: svg }: Launcher, path: string): PlannedFile {
  return { path, text: svg.replace(/(<svg[^>]*>)/, `$1<!-- ${marker.replaceAll('--', '—')} -->`) };
}

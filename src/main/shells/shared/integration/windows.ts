/** Windows: a command for files of video and sound, "Open with", and links, in the keys of the current user alone. */
import { win32 } from 'node:path';
import { endingsOf } from '../../../media/fileTypes.ts';
import { linkScheme } from '../askLink.ts';
import { askName, type IntegrationPlan, type Launcher, type PlannedKey } from './plan.ts';

/** The command's name in the registry, and that of what we open. */
const verb = 'Playhead.Ask';
const progId = 'Playhead.Media';

export function planWindows({ command }: Launcher): IntegrationPlan {
  const program = command[0] ?? '';
  const endings = [...endingsOf('video', 'audio')].sort();
  const start = `${commandLine([...command, '--'])} "%1"`;
  return {
    files: [],
    root: '',
    keys: [
      ...endings.flatMap((ending) => askVerb(`SystemFileAssociations\\${ending}\\shell\\${verb}`, program, start)),
      ...openWith(program, start, endings),
      { key: linkScheme, values: { '': 'URL:Playhead', 'URL Protocol': '' } },
      { key: `${linkScheme}\\shell\\open\\command`, values: { '': start } },
    ],
    refresh: [],
    leftovers: [],
    offers: [
      `“${askName}” in the menu of video and sound files`,
      '“Open with Playhead”',
      'links that begin with playhead://ask',
    ],
  };
}

function askVerb(key: string, program: string, start: string): PlannedKey[] {
  return [
    // One file at a time: a question is about one.
    { key, values: { '': askName, Icon: `"${program}",0`, MultiSelectModel: 'Single' } },
    { key: `${key}\\command`, values: { '': start } },
  ];
}

function openWith(program: string, start: string, endings: string[]): PlannedKey[] {
  return [
    { key: progId, values: { '': 'Playhead', FriendlyTypeName: 'Video or sound' } },
    { key: `${progId}\\shell\\open\\command`, values: { '': start } },
    ...endings.map((ending) => ({ key: `${ending}\\OpenWithProgids`, values: { [progId]: '' } })),
    {
      key: `Applications\\${win32.basename(program)}\\SupportedTypes`,
      values: Object.fromEntries(endings.map((ending) => [ending, ''])),
    },
  ].filter(({ key }) => !key.startsWith('Applications\\node.exe'));
}

/** As CommandLineToArgvW reads it. */
export function commandLine(command: readonly string[]): string {
  return command.map((part) => `"${part.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`).join(' ');
}

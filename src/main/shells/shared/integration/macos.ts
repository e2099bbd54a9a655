/** macOS: a quick action of the Finder. What the app opens by itself (document types, links) is in its own Info.plist. */
import { join } from 'node:path';
import { shellCommand } from './linux.ts';
import { askName, type IntegrationPlan, type Launcher, marker } from './plan.ts';

/** @param home the person's folder */
export function planMacos({ command }: Launcher, home: string): IntegrationPlan {
  const services = join(home, 'Library', 'Services');
  const contents = join(services, `${askName}.workflow`, 'Contents');
  return {
    files: [
      { path: join(contents, 'Info.plist'), text: plist(serviceInfo) },
      { path: join(contents, 'document.wflow'), text: plist(workflow(command)) },
    ],
    root: services,
    keys: [],
    refresh: [['/System/Library/CoreServices/pbs', '-update']],
    leftovers: [],
    offers: [`“${askName}” among the quick actions of the Finder`],
  };
}

type Plist = string | number | boolean | readonly Plist[] | { readonly [key: string]: Plist };

const serviceInfo: Plist = {
  NSServices: [
    {
      NSMenuItem: { default: askName },
      NSMessage: 'runWorkflowAsService',
      NSRequiredContext: { NSApplicationIdentifier: 'com.apple.finder' },
      NSSendFileTypes: ['public.movie', 'public.audio'],
    },
  ],
};

/** One step of Automator: a shell script that gets the chosen files as its arguments. The app runs on when it has ended. */
function workflow(command: readonly string[]): Plist {
  const script = `# ${marker}\n${shellCommand([...command, '--ask'])} "$@" </dev/null >/dev/null 2>&1 &\n`;
  const ofPaths = { Container: 'List', Optional: true, Types: ['com.apple.cocoa.path'] };
  return {
    AMApplicationBuild: '523',
    AMApplicationVersion: '2.10',
    AMDocumentVersion: '2',
    actions: [
      {
        action: {
          AMAccepts: ofPaths,
          AMActionVersion: '2.0.3',
          AMProvides: { Container: 'List', Types: ['com.apple.cocoa.path'] },
          ActionBundlePath: '/System/Library/Automator/Run Shell Script.action',
          ActionName: 'Run Shell Script',
          ActionParameters: {
            COMMAND_STRING: script,
            CheckedForUserDefaultShell: true,
            inputMethod: 1,
            shell: '/bin/sh',
            source: '',
          },
          BundleIdentifier: 'com.apple.RunShellScript',
          CFBundleVersion: '2.0.3',
          'Class Name': 'RunShellScriptAction',
          InputUUID: '6B2F3C1E-0000-4000-8000-506C61796801',
          OutputUUID: '6B2F3C1E-0000-4000-8000-506C61796802',
          UUID: '6B2F3C1E-0000-4000-8000-506C61796803',
        },
        isViewVisible: 1,
      },
    ],
    connectors: {},
    workflowMetaData: {
      serviceApplicationBundleID: 'com.apple.finder',
      serviceInputTypeIdentifier: 'com.apple.Automator.fileSystemObject',
      serviceOutputTypeIdentifier: 'com.apple.Automator.nothing',
      serviceProcessesInput: 0,
      workflowTypeIdentifier: 'com.apple.Automator.servicesMenu',
    },
  };
}

function plist(value: Plist): string {
  const type = '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">';
  return `<?xml version="1.0" encoding="UTF-8"?>\n${type}\n<!-- ${marker} -->\n<plist version="1.0">\n${element(value)}\n</plist>\n`;
}

function element(value: Plist): string {
  if (typeof value === 'string') return `<string>${escapeXml(value)}</string>`;
  if (typeof value === 'number') return `<integer>${value}</integer>`;
  if (typeof value === 'boolean') return `<${value}/>`;
  if (isList(value)) return `<array>\n${value.map(element).join('\n')}\n</array>`;
  const entries = Object.entries(value).map(([key, inner]) => `<key>${escapeXml(key)}</key>\n${element(inner)}`);
  return `<dict>\n${entries.join('\n')}\n</dict>`;
}

function isList(value: Plist): value is readonly Plist[] {
  return Array.isArray(value);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

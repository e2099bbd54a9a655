/** Files in the format of the Desktop Entry Specification 1.5, and their command lines. */
import { PlayheadError } from '../../../../contract/index.ts';

/** Groups of keys, in their order. */
export type Groups = Record<string, Record<string, string>>;

/** @param comment a line above all, without the '#' */
export function formatEntry(groups: Groups, comment: string): string {
  const texts = Object.entries(groups).map(([name, keys]) => {
    const lines = Object.entries(keys).map(([key, value]) => `${key}=${value}`);
    return [`[${name}]`, ...lines, ''].join('\n');
  });
  return `# ${comment}\n${texts.join('\n')}`;
}

/**
 * A command line for `Exec`: what holds a reserved sign is quoted, then escaped as every text of an entry is.
 * @param field a code that the system replaces: %F files, %U addresses
 * @throws PlayheadError `invalid-input` for a path that no entry can hold
 */
export function execLine(command: readonly string[], field: '%F' | '%U' | ''): string {
  const broken = command.find((part) => /[\n\r\0]/.test(part));
  if (broken !== undefined) {
    throw new PlayheadError({
      code: 'invalid-input',
      message: 'The menus of this system cannot start a program whose path holds a line break.',
      file: broken,
      hint: 'Move Playhead to another folder.',
    });
  }
  return [...command.map(quote), field].filter(Boolean).join(' ');
}

function quote(argument: string): string {
  const percent = argument.replaceAll('%', '%%');
  if (percent !== '' && /^[\w@%+=:,./-]+$/.test(percent)) return percent;
  const quoted = `"${percent.replace(/["`$\\]/g, '\\$&')}"`;
  return quoted.replaceAll('\\', '\\\\');
}

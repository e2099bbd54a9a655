/** Files in the format of the Desktop Entry Specification 1.5, and their command lines. */

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
 * @param field a code that the system replaces: %f a file, %u an address
 * @throws Error for a path that no entry can hold
 */
export function execLine(command: readonly string[], field: '%f' | '%u' | ''): string {
  if (command.some((part) => /[\n\r\0]/.test(part))) throw new Error('A path with a line break cannot be started.');
  return [...command.map(quote), field].filter(Boolean).join(' ');
}

function quote(argument: string): string {
  const percent = argument.replaceAll('%', '%%');
  if (percent !== '' && /^[\w@%+=:,./-]+$/.test(percent)) return percent;
  const quoted = `"${percent.replace(/["`$\\]/g, '\\$&')}"`;
  return quoted.replaceAll('\\', '\\\\');
}

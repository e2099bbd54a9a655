/** What is wrong with a file that could not be opened, to stand behind its name ("is a pipe, not a plain file"). */
import { PlayheadError } from '../../../contract/errors.ts';

export function reasonOf(thrown: unknown): string {
  if (thrown instanceof PlayheadError) return thrown.message.replace(/^This /, '').replace(/\.$/, '');
  const { code } = thrown as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'is missing' : `cannot be read (${code ?? String(thrown)})`;
}

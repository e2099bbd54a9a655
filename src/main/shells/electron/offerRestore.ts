/** A library that is lost or damaged: the person chooses between its newest good copy, a new beginning, and neither. */
import { dialog } from 'electron';
import type { ErrorInfo } from '../../../contract/index.ts';
import { goodBackups, restoreLibrary, startEmptyLibrary } from '../../engine/restore.ts';

/** @returns true when the library can be opened now */
export async function offerRestore(folder: string, error: ErrorInfo): Promise<boolean> {
  const [newest] = goodBackups(folder);
  const choices = [
    ...(newest
      ? [{ label: `Use the copy of ${newest.date.slice(0, 10)}`, act: () => restoreLibrary(folder, newest.file) }]
      : []),
    ...(error.code === 'library-missing'
      ? [{ label: 'Begin with an empty library', act: () => startEmptyLibrary(folder) }]
      : []),
  ];
  if (choices.length === 0) return false;
  const quit = choices.length;
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: error.message,
    detail: newest
      ? `The copy holds ${newest.files} files and ${newest.conversations} conversations. What is in its place now is renamed, not deleted.`
      : '',
    buttons: [...choices.map(({ label }) => label), 'Quit'],
    defaultId: 0,
    cancelId: quit,
  });
  await choices[response]?.act();
  return response !== quit;
}

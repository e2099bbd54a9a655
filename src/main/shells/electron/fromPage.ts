/** Messages from our own page to the main process: whoever else sends one is not heard. */
import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type * as z from 'zod';
import { PlayheadError } from '../../../contract/index.ts';
import { log } from '../../log/log.ts';
import { uiOrigin } from './schemes.ts';

/** A message that no answer is waited for. */
export function onMessage<T>(channel: string, schema: z.ZodType<T>, hear: (message: T) => void): void {
  ipcMain.on(channel, (event, given: unknown) => {
    const message = schema.safeParse(given);
    if (!isOurPage(event)) log.warn('a message of a strange page was passed over', { channel });
    else if (!message.success) log.warn('a message of the window was not understood', { channel });
    else hear(message.data);
  });
}

/** A question, with its answer. */
export function onQuestion<T>(channel: string, schema: z.ZodType<T>, answer: (message: T) => Promise<unknown>): void {
  ipcMain.handle(channel, async (event, given: unknown) => {
    if (!isOurPage(event)) {
      throw new PlayheadError({ code: 'unauthorised', message: 'Only the window of Playhead may ask this.' });
    }
    return answer(schema.parse(given));
  });
}

/** The window's own page, and no frame in it. A frame that is gone is nobody. */
function isOurPage({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${uiOrigin}/`);
}

import { stillRoute } from '../../contract/madeRoutes.ts';
import type { App } from '../composables/useApp.ts';
import { formatTime } from '../logic/format.ts';
import { frameTime } from '../logic/shuttle.ts';

/** The picture that is shown, in the file's own size and as the file holds it, as a download. */
export async function saveCurrentFrame({ client, player, toasts }: App): Promise<void> {
  const item = player.item.value;
  if (item === null) return;
  const sec = frameTime(player.media.timeSec.value, item.fps);
  const response = await fetch(client.urlOf(stillRoute(item.id, { atMs: Math.round(sec * 1000), edge: 0 })));
  if (!response.ok) throw new Error('This picture could not be read from the file.');
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  const time = formatTime(player.media.timeSec.value, { tenths: true }).replaceAll(':', '.');
  link.download = `${item.fileName.replace(/\.[^.]+$/, '')} ${time}.jpg`;
  link.click();
  URL.revokeObjectURL(url);
  toasts.inform(`${link.download} was saved.`);
}

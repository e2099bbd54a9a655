/** Nothing that runs in the app leaves our own page, whoever made it: windows, frames, redirects, links. */
import { app, type Event, shell, type WebContents } from 'electron';
import { ignore } from '../../log/log.ts';
import { uiOrigin } from './schemes.ts';

/** The pages that a link in the window may open in the person's browser. A new one is a new line. */
const ourPages: string[] = ['https://github.com/DAMO-NLP-SG/VideoLLaMA2', 'https://huggingface.co/DAMO-NLP-SG'];

/** Before the first window: everything that is created from now on is guarded. */
export function guardAllContents(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}

function guard(contents: WebContents): void {
  const stay = (event: Event & { url?: string }, url = event.url ?? '') => {
    if (!isOwnPage(url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', (event) => stay(event));
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (ourPages.includes(url)) void shell.openExternal(url).catch(ignore('the browser did not open'));
    return { action: 'deny' };
  });
}

function isOwnPage(url: string): boolean {
  return url.startsWith(`${uiOrigin}/`);
}

import type { App } from '../composables/useApp.ts';

/** To the clipboard; where a page may not write to it, the text is shown to be copied by hand. */
export async function copyText(app: App, text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    app.toasts.inform(done);
  } catch {
    app.toasts.inform('The clipboard is not available here.', text);
  }
}

/** Short messages at the edge of the window; failures stay until they are read. */
import { ref } from 'vue';
import { type ErrorInfo, toErrorInfo } from '../../contract/errors.ts';

export interface Toast {
  id: number;
  tone: 'info' | 'bad';
  text: string;
  hint: string;
}

const INFO_MS = 5000;
const FAILURE_MS = 15_000;

export function useToasts() {
  const toasts = ref<Toast[]>([]);
  let nextId = 1;

  function show(tone: Toast['tone'], text: string, hint = ''): void {
    const id = nextId++;
    toasts.value = [...toasts.value.slice(-3), { id, tone, text, hint }];
    setTimeout(() => dismiss(id), tone === 'info' ? INFO_MS : FAILURE_MS);
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  /** Does it; tells by name what went wrong. Gives `null` on failure. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      fail(toErrorInfo(error));
      return null;
    }
  }

  /** What happened, to which file, and what to do next. */
  function fail({ message, file, hint }: ErrorInfo): void {
    show('bad', file ? `${message} (${file})` : message, hint ?? '');
  }

  return { toasts, inform: (text: string, hint = '') => show('info', text, hint), fail, dismiss, attempt };
}

/** Which dialog is open: at most one. */
import { shallowRef } from 'vue';
import type { MediaItem } from '../../contract/media.ts';

export type DialogState =
  | { kind: 'add' }
  | { kind: 'shortcuts' }
  | { kind: 'status' }
  | { kind: 'models' }
  | { kind: 'connections' }
  | { kind: 'device' }
  | { kind: 'doctor' }
  | { kind: 'log' }
  | { kind: 'desktop' }
  | { kind: 'remove'; item: MediaItem };

export function useDialogs() {
  const current = shallowRef<DialogState | null>(null);
  return {
    current,
    open(dialog: DialogState): void {
      current.value = dialog;
    },
    close(): void {
      current.value = null;
    },
  };
}

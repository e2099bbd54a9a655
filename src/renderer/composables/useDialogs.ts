/** Which dialog is open: at most one. */
import { shallowRef } from 'vue';
import type { Collection } from '../../contract/marks.ts';
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
  | { kind: 'remove'; item: MediaItem }
  | { kind: 'marks'; item: MediaItem }
  | { kind: 'root'; rootId: string }
  /** A new one, of these files or of this search, or one that is there. */
  | { kind: 'collection'; collection: Collection | null; search?: string; mediaIds?: string[] };

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

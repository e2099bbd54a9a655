/** What the library's thread and its client say to each other; errors cross as plain data. */
import type { ErrorInfo } from '../../../contract/index.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';

export type LibraryReply = { ok: true; value: unknown } | { ok: false; error: ErrorInfo };

/** What the thread offers. */
export interface LibraryThread {
  call(method: keyof LibraryApi, args: unknown[]): Promise<LibraryReply>;
}

/** What the thread tells. */
export interface LibraryThreadEvents {
  /** Once: whether the library could be opened, and the names of its methods. */
  opened(reply: LibraryReply): void;
  /** The index was found damaged by a query; an empty one is in its place. */
  indexLost(): void;
}

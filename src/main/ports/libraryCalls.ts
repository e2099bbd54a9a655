import type { LibraryApi } from './libraryApi.ts';

/** Every call of the library but `close`, and whether it changes anything: a read never waits behind a write. */
export const libraryCalls = {
  registerMedia: 'write',
  knownFileAt: 'read',
  knownFilesLike: 'read',
  setContentHash: 'write',
  listMedia: 'read',
  getMedia: 'read',
  setMediaState: 'write',
  removeMedia: 'write',
  replaceSegments: 'write',
  replaceKnowledge: 'write',
  setVector: 'write',
  hasMeanings: 'read',
  getVectors: 'read',
  listSegmentsWithout: 'read',
  measureSegments: 'read',
  search: 'read',
  thumbnailFile: 'read',
  mediaFile: 'read',
  addQuestion: 'write',
  createConversation: 'write',
  appendMessage: 'write',
  updateMessage: 'write',
  listConversations: 'read',
  getConversation: 'read',
  deleteConversation: 'write',
  insertJob: 'write',
  updateJob: 'write',
  updateJobs: 'write',
  dismissJobs: 'write',
  getJob: 'read',
  listJobs: 'read',
  getWork: 'read',
  listForgottenFiles: 'read',
  nextJob: 'read',
  recoverJobs: 'write',
  getSetting: 'read',
  setSetting: 'write',
  listSettings: 'read',
  counts: 'read',
  health: 'read',
} as const satisfies Record<LibraryCall, 'read' | 'write'>;

type CallsThat<Access> = { [N in LibraryCall]: (typeof libraryCalls)[N] extends Access ? N : never }[LibraryCall];
export type ReadCall = CallsThat<'read'>;
export type WriteCall = CallsThat<'write'>;

export type LibraryCall = Exclude<keyof LibraryApi, 'close'>;
export const libraryCallNames = Object.keys(libraryCalls) as LibraryCall[];

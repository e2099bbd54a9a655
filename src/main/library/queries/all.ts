/** Every query of the library under the name of its call: those that only read are given no way to write. */
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { ReadCall, WriteCall } from '../../ports/libraryCalls.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { search } from '../search/searchLibrary.ts';
import { changesSince } from './changes.ts';
import { collectFiles, deleteCollection, listCollections, saveCollection } from './collections.ts';
import {
  appendMessage,
  createConversation,
  deleteConversation,
  getConversation,
  listConversations,
  updateMessage,
} from './conversations.ts';
import { keepSubtitles } from './earlySubtitles.ts';
import { dismissJobs, getJob, insertJob, listJobs, nextJob, recoverJobs, updateJob, updateJobs } from './jobs.ts';
import { knownFileAt, knownFilesLike, setContentHash } from './knownFiles.ts';
import { listTags, markFiles, rememberOpened } from './marks.ts';
import { mediaFile, readMediaItem, removeMedia } from './media.ts';
import { listMedia } from './mediaList.ts';
import { setMediaState, setOffline } from './mediaStates.ts';
import { listFilesAt, listUnread, nameFiles, noteMoved, placeFiles } from './placedFiles.ts';
import { addQuestion } from './questions.ts';
import { registerMedia } from './registerMedia.ts';
import { addRoot, changeRoot, listRoots, removeRoot } from './roots.ts';
import { counts, listSegments, replaceKnowledge, replaceSegments, thumbnailFile } from './segments.ts';
import { listSegmentsWithout, measureSegments } from './segmentsWithout.ts';
import { setVector } from './segmentVectors.ts';
import { getSetting, listSettings, setSetting } from './settings.ts';
import { hasMeanings } from './textMeanings.ts';
import { getVectors } from './vectors.ts';
import { getWork, isWaiting, listForgottenFiles } from './work.ts';

type Queries<Names extends keyof LibraryApi, Database> = {
  [N in Names]: (db: Database, ...args: Parameters<LibraryApi[N]>) => Awaited<ReturnType<LibraryApi[N]>>;
};

export const reads: Queries<Exclude<ReadCall, 'health'>, ReadableDatabase> = {
  knownFileAt,
  knownFilesLike,
  listRoots,
  listFilesAt,
  placeFiles,
  listUnread,
  listMedia,
  getMedia: (db, mediaId) => ({ item: readMediaItem(db, mediaId), segments: listSegments(db, mediaId) }),
  hasMeanings,
  getVectors,
  listSegmentsWithout,
  measureSegments,
  search,
  thumbnailFile,
  mediaFile,
  listConversations,
  getConversation,
  listTags,
  listCollections,
  getJob,
  listJobs,
  getWork,
  listForgottenFiles,
  isWaiting,
  nextJob,
  changesSince,
  getSetting,
  listSettings,
  counts,
};

export const writes: Queries<WriteCall, WritableDatabase> = {
  registerMedia,
  setContentHash,
  setMediaState,
  setOffline,
  addRoot,
  changeRoot,
  removeRoot,
  nameFiles,
  keepSubtitles,
  noteMoved,
  removeMedia,
  replaceSegments,
  replaceKnowledge,
  setVector,
  addQuestion,
  createConversation,
  appendMessage,
  updateMessage,
  deleteConversation,
  markFiles,
  rememberOpened,
  saveCollection,
  deleteCollection,
  collectFiles,
  insertJob,
  updateJob,
  updateJobs,
  dismissJobs,
  recoverJobs,
  setSetting,
};

/** The library in the thread that calls it: `LibraryApi` over the two database files of a folder. */
import type { LibraryApi } from '../ports/libraryApi.ts';
import { damagedLibrary, isDamage, toLibraryError } from './libraryErrors.ts';
import { libraryFiles } from './libraryFiles.ts';
import { type LibraryDatabase, type OpenLibraryOptions, openLibrary, passesCheck } from './openLibrary.ts';
import * as conversations from './queries/conversations.ts';
import * as jobs from './queries/jobs.ts';
import { DamagedKnowledge } from './queries/knowledgeRows.ts';
import { readKnownFileAt, readKnownFilesLike, writeContentHash } from './queries/knownFiles.ts';
import * as media from './queries/media.ts';
import { moveMedia } from './queries/mediaStates.ts';
import { putQuestion } from './queries/questions.ts';
import { registerProbed } from './queries/registerMedia.ts';
import * as segments from './queries/segments.ts';
import { listSettingKeys, readSetting, writeSetting } from './queries/settings.ts';
import { putVector, vectorsOfMedia } from './queries/vectors.ts';
import { listForgottenFiles, readBatch } from './queries/work.ts';
import { searchLibrary } from './search/searchLibrary.ts';

/**
 * Opens the library; every call then runs at once and blocks this thread while it does.
 * @param onIndexLost a query found the index of some or all files damaged; these wait to be indexed again
 * @throws PlayheadError see `openLibrary`.
 */
export function createLibrary(options: OpenLibraryOptions, onIndexLost: () => void = () => {}): LibraryApi {
  const { library: file } = libraryFiles(options.folder);
  let opened = openLibrary(options);

  /**
   * Runs a query. A file whose index turns out to be changed loses it, and an index that cannot be read is set aside;
   * then the query is tried on what is left.
   */
  async function run<T>(work: (db: LibraryDatabase) => T, mayReplace = true): Promise<T> {
    try {
      return work(opened.db);
    } catch (error) {
      if (error instanceof DamagedKnowledge) {
        forgetIndexOfFile(error);
        return run(work, mayReplace);
      }
      if (!isDamage(error) || !mayReplace) throw toLibraryError(error, file);
      replaceDamagedIndex(error);
      return run(work, false);
    }
  }

  function forgetIndexOfFile({ segmentRow }: DamagedKnowledge): void {
    segments.forgetDamagedFile(opened.db, segmentRow);
    onIndexLost();
  }

  function replaceDamagedIndex(error: unknown): void {
    const isUserFileSound = passesCheck(opened.db);
    if (!isUserFileSound) throw damagedLibrary(file, error);
    opened.db.close();
    opened = { ...openLibrary({ ...options, discardIndex: true }), indexRebuilt: true };
    onIndexLost();
  }

  return {
    registerMedia: (probed) => run((db) => registerProbed(db, probed)),
    knownFileAt: (path) => run((db) => readKnownFileAt(db, path)),
    knownFilesLike: (fingerprint) => run((db) => readKnownFilesLike(db, fingerprint)),
    setContentHash: (mediaId, contentHash) => run((db) => writeContentHash(db, mediaId, contentHash)),
    listMedia: (query) => run((db) => media.listMediaItems(db, query)),
    getMedia: (mediaId) =>
      run((db) => ({ item: media.readMediaItem(db, mediaId), segments: segments.listSegments(db, mediaId) })),
    setMediaState: (mediaId, state, change) => run((db) => moveMedia(db, mediaId, state, change)),
    removeMedia: (mediaId) => run((db) => media.removeMediaItem(db, mediaId)),

    replaceSegments: (mediaId, list) => run((db) => segments.replaceAllSegments(db, mediaId, list)),
    setKnowledge: (segmentId, list) => run((db) => segments.replaceKnowledge(db, segmentId, list)),
    setVector: (space, dimensions, { segmentId, vector }) =>
      run((db) => {
        if (!opened.hasVectors) return;
        putVector(db, { name: space, dimensions }, segments.rowOfSegment(db, segmentId), vector);
      }),
    getVectors: (mediaId) => run((db) => (opened.hasVectors ? vectorsOfMedia(db, mediaId) : [])),
    search: (query) =>
      run((db) => searchLibrary(db, opened.hasVectors ? query : { ...query, vector: undefined, space: undefined })),
    thumbnailFile: (segmentId) => run((db) => segments.thumbnailPathOf(db, segmentId)),
    mediaFile: (mediaId) => run((db) => media.pathOfMedia(db, mediaId)),

    addQuestion: (question) => run((db) => putQuestion(db, question)),
    createConversation: (mediaId, title) => run((db) => conversations.startConversation(db, mediaId, title)),
    appendMessage: (conversationId, message) => run((db) => conversations.addMessage(db, conversationId, message)),
    updateMessage: (messageId, change) => run((db) => conversations.changeMessage(db, messageId, change)),
    listConversations: (mediaId) => run((db) => conversations.listConversationsOf(db, mediaId)),
    getConversation: (conversationId) => run((db) => conversations.readConversation(db, conversationId)),
    deleteConversation: (conversationId) => run((db) => conversations.dropConversation(db, conversationId)),

    insertJob: (job) => run((db) => jobs.addJob(db, job)),
    updateJob: (jobId, change) => run((db) => jobs.changeJob(db, jobId, change)),
    updateJobs: (query, change) => run((db) => jobs.changeJobs(db, query, change)),
    dismissJobs: (query) => run((db) => jobs.dismissJobs(db, query)),
    getJob: (jobId) => run((db) => jobs.readJob(db, jobId)),
    listJobs: (query) => run((db) => jobs.listAllJobs(db, query)),
    nextJob: (kinds) => run((db) => jobs.readNextJob(db, kinds)),
    getWork: () => run((db) => readBatch(db)),
    listForgottenFiles: () => run((db) => listForgottenFiles(db)),
    recoverJobs: (afterKill) => run((db) => jobs.recoverJobs(db, afterKill)),

    getSetting: (key) => run((db) => readSetting(db, key)),
    setSetting: (key, value) => run((db) => writeSetting(db, key, value)),
    listSettings: (prefix) => run((db) => listSettingKeys(db, prefix)),
    counts: () => run((db) => segments.countAll(db)),
    health: async () => ({ notices: opened.notices, indexRebuilt: opened.indexRebuilt }),
    close: async () => {
      opened.db.close();
    },
  };
}

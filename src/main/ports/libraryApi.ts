/**
 * What the library offers, as calls that may stand in another thread: every method is asynchronous,
 * every value plain data. `Stored…` is what the tables hold; the engine adds routes and states.
 */
import type {
  Conversation,
  ConversationSummary,
  ErrorInfo,
  JobKind,
  JobState,
  Knowledge,
  MediaDetail,
  MediaFacts,
  MediaItem,
  MediaSort,
  MediaState,
  Message,
  SearchResult,
  Segment,
  Within,
} from '../../contract/index.ts';
import type { Changes } from './changes.ts';
import type { MarksApi } from './marksApi.ts';
import type { RootsApi } from './rootsApi.ts';
import type { KnownFile, StoredJob } from './storedRows.ts';

export type { KnownFile, StoredJob } from './storedRows.ts';

/** A file as it was probed, before it has an id. */
export interface ProbedMedia extends MediaFacts {
  /** The id of a file that is new to the library; made up when left out. */
  id?: string;
  path: string;
  fileName: string;
  /** Milliseconds since the epoch. */
  modifiedMs: number;
  /** Recognises the same content under another path: sha256 over the size, the first and the last MiB. */
  fingerprint: string;
  /** sha256 (hex) of the whole file, or null where nothing that is known begins and ends alike. */
  contentHash: string | null;
  /** Paths where known files with this fingerprint are no longer; by path, since one may have been found since. */
  gone: string[];
  isSample: boolean;
  /** Left out, those that are known stay. */
  tags?: readonly FileTag[];
}

/** What a file says of itself: { name: 'artist', text: 'Nina Simone' }. Each name once. */
export interface FileTag {
  name: string;
  text: string;
}

export type KnownAs = 'new' | 'same' | 'moved' | 'changed';

export interface NewSegment extends Segment {
  /** Absolute path of the thumbnail file, or null. */
  thumbnailPath: string | null;
}

export interface NewKnowledge extends Knowledge {
  /** What its text means: 512 values, of unit length. */
  meaning?: number[];
}

/** How the library was found when it was opened. */
export interface LibraryHealth {
  /** In words, for the person. */
  notices: string[];
  /** True when the index was lost or damaged: its files are in state `queued` again and need jobs. */
  indexRebuilt: boolean;
}

export interface StoredVector {
  segmentId: string;
  vector: number[];
}

export interface SegmentVector extends StoredVector {
  space: string;
}

/** What is missing: captions of a version of a model, or vectors in a space. */
export type SegmentsQuery =
  | { adds: 'captions'; version: string; hears: boolean }
  | { adds: 'looks'; space: string; dimensions: number };

export interface SegmentPage {
  /** 0 for the first page. */
  afterRow: number;
  limit: number;
}

export interface SegmentToRead extends Segment {
  row: number;
  segmentId: string;
  mediaId: string;
}

export interface FootageAmount {
  files: number;
  segments: number;
  /** Seconds. */
  footageSec: number;
}

export interface SearchQuery {
  text: string;
  limit: number;
  mediaId?: string;
  /** The query in the vector space `space`, when an embedder is loaded. */
  vector?: number[];
  space?: string;
  /** Hits by meaning below this cosine are left out. */
  minCosine?: number;
  /** What the text means, in the space of `NewKnowledge.meaning`. */
  meaning?: number[];
}

/** What is told of a file with its new state. */
export interface StateChange {
  error?: ErrorInfo;
  notices?: string[];
}

/** A question as it is put: the ids are new ones, except that of a conversation that goes on. */
export interface NewQuestion {
  mediaId: string;
  conversationId: string;
  /** Begins the conversation. */
  isFirst: boolean;
  question: string;
  segment: Segment;
  /** Of the answer, empty for now. */
  answerId: string;
  job: StoredJob;
}

export interface LibraryApi extends MarksApi, RootsApi {
  /**
   * Adds a file, or finds it again by content (moved or renamed) or by path (changed).
   * `copyOf` is the path of another file with exactly this content.
   */
  registerMedia(probed: ProbedMedia): Promise<{ item: MediaItem; known: KnownAs; copyOf: string | null }>;
  knownFileAt(path: string): Promise<KnownFile | null>;
  /** Known files that begin and end alike, the oldest first: whether they are the same, only their whole hash says. */
  knownFilesLike(fingerprint: string): Promise<KnownFile[]>;
  setContentHash(mediaId: string, contentHash: string): Promise<void>;
  listMedia(query: {
    text?: string;
    sort: MediaSort;
    within?: Within | undefined;
    offset: number;
    limit: number;
  }): Promise<{ items: MediaItem[]; total: number }>;
  getMedia(mediaId: string): Promise<MediaDetail>;
  /**
   * An error that is left out is cleared; notices that are left out stay.
   * `offline` is remembered beside the state before it, which `registerMedia` brings back.
   * @throws PlayheadError `not-found`, and `internal` for a move that is not legal: see `queries/mediaStates.ts`
   */
  setMediaState(mediaId: string, state: MediaState, change?: StateChange): Promise<void>;
  /** The index goes; the person's words about it are kept for the day when they add the same content again. */
  removeMedia(mediaId: string): Promise<boolean>;

  /** Replaces the whole index of a file in one transaction; conversations are not touched. Gives the segments' ids. */
  replaceSegments(mediaId: string, segments: NewSegment[]): Promise<string[]>;
  /** Replaces all knowledge of one segment, so that doing a segment again after a kill never doubles it. */
  replaceKnowledge(segmentId: string, knowledge: NewKnowledge[]): Promise<void>;
  setVector(space: string, dimensions: number, vector: StoredVector): Promise<void>;
  /** True where the meaning of some text is known. */
  hasMeanings(): Promise<boolean>;
  /** The vectors of a file's segments in every space. */
  getVectors(mediaId: string): Promise<SegmentVector[]>;
  /** Segments of ready files that a model has not added anything to, in the order of their coming. */
  listSegmentsWithout(query: SegmentsQuery, page: SegmentPage): Promise<SegmentToRead[]>;
  /** How much footage that is; all that is indexed for null. */
  measureSegments(query: SegmentsQuery | null): Promise<FootageAmount>;
  search(query: SearchQuery): Promise<SearchResult>;
  /** The absolute path behind a thumbnail or stream route, or null: only files of this library. */
  thumbnailFile(segmentId: string): Promise<string | null>;
  mediaFile(mediaId: string): Promise<string | null>;

  /**
   * A question, its answer that is still to come, and the job that answers it: all of them, or none.
   * @throws PlayheadError `not-found` when there is no such file, or no such conversation about it
   */
  addQuestion(question: NewQuestion): Promise<void>;
  createConversation(mediaId: string, title: string): Promise<Conversation>;
  appendMessage(conversationId: string, message: Omit<Message, 'id' | 'createdAt'>): Promise<Message>;
  updateMessage(
    messageId: string,
    change: Partial<Pick<Message, 'text' | 'state' | 'provenance' | 'error'>>,
  ): Promise<void>;
  listConversations(mediaId: string): Promise<ConversationSummary[]>;
  getConversation(conversationId: string): Promise<Conversation>;
  deleteConversation(conversationId: string): Promise<boolean>;

  insertJob(job: StoredJob): Promise<void>;
  updateJob(jobId: string, change: Partial<Omit<StoredJob, 'id' | 'kind' | 'createdAt'>>): Promise<StoredJob>;
  /** The same change to every job in one of these states, of these ids, this file and these kinds where they are given. */
  updateJobs(
    query: { ids?: string[]; mediaId?: string; kinds?: JobKind[]; states: JobState[] },
    change: Partial<Omit<StoredJob, 'id' | 'kind' | 'createdAt'>>,
  ): Promise<StoredJob[]>;
  /** Takes jobs that have ended off the list for good; one that is tried again is listed again. Gives their ids. */
  dismissJobs(query: { ids?: string[]; kinds?: JobKind[]; mediaId?: string }): Promise<string[]>;
  getJob(jobId: string): Promise<StoredJob>;
  /** The latest first, without those that were dismissed. */
  listJobs(query: { states?: JobState[]; kinds?: JobKind[]; limit: number }): Promise<StoredJob[]>;
  /** The files of the present batch (what was waiting together), by state. */
  getWork(): Promise<BatchPart[]>;
  /**
   * Files that wait to be indexed while no job is there for it: their index was lost, and whoever noticed it ended before
   * the jobs were written, or ran no jobs at all.
   */
  listForgottenFiles(): Promise<ForgottenFile[]>;
  /** The queued job of these kinds that runs next: highest priority, then oldest; null when there is none. */
  nextJob(kinds: JobKind[]): Promise<StoredJob | null>;
  /**
   * After a kill: what was running is queued again or failed, as `afterKill` says of its kind; jobs of a kind that it
   * does not name are failed; files that were being indexed wait again; answers that nobody writes any more are failed.
   * Only for the one process that runs the jobs of this library. Gives the jobs that changed.
   */
  recoverJobs(afterKill: AfterKill): Promise<StoredJob[]>;

  /** What changed after this number, at most `limit` things; 0 for everything. */
  changesSince(sequence: number, limit: number): Promise<Changes>;
  getSetting(key: string): Promise<string | null>;
  setSetting(key: string, value: string): Promise<void>;
  /** The keys of the settings that begin with `prefix`. */
  listSettings(prefix: string): Promise<string[]>;
  counts(): Promise<{ media: number; segments: number }>;
  health(): Promise<LibraryHealth>;
  close(): Promise<void>;
}

export type ForgottenFile = Pick<MediaItem, 'id' | 'path' | 'fileName' | 'sizeBytes' | 'isSample'>;

/** The files of a batch in one state; work is measured in seconds of footage. */
export interface BatchPart {
  state: JobState;
  files: number;
  work: number;
  workDone: number;
}

/** By kind of job: what becomes of one that was running when the program was killed. */
export type AfterKill = Readonly<Record<string, 'requeue' | 'fail'>>;

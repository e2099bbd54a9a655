/**
 * The typed calls and events between a UI and the engine, with the schema of every input.
 * A long call returns a job id at once; progress, text and the end come as events.
 */
import * as z from 'zod';
import type { ConnectionReport } from './connections.ts';
import type { Conversation, ConversationSummary } from './conversations.ts';
import { type DeviceReport, deviceChoices } from './device.ts';
import type { DoctorReport } from './doctor.ts';
import { type Job, jobKindNames, type WorkSummary } from './jobs.ts';
import { type LogEntry, logLevels } from './log.ts';
import { type Marker, markerSchema } from './markers.ts';
import { type MarkResults, markSchemas, withinSchema } from './marks.ts';
import type { MediaCheck, MediaDetail, MediaItem, PathCheck } from './media.ts';
import { type ModelCallResults, modelCallSchemas, path } from './modelCalls.ts';
import type { OutsideEvent } from './outside.ts';
import { type PlaybackFacts, type PlayerMemory, playerMemorySchema, type SubtitleLine } from './playback.ts';
import { type RootResults, rootSchemas } from './roots.ts';
import type { SearchResult } from './search.ts';
import type { EngineStatus } from './status.ts';

const id = z.string().min(1).max(200);
const seconds = z.number().finite().min(0).max(1e6);

/** A clip of a file: what is left out is the file's own start or end. */
export const clipSchema = z
  .object({ startSec: seconds.default(0), endSec: seconds.optional() })
  .refine(
    (clip) => clip.endSec === undefined || clip.endSec > clip.startSec,
    'the end of a clip must lie after its start',
  );

export const modalitySchema = z.enum(['auto', 'video', 'audio', 'av']);

/** More pictures than that are in no look, whatever a model says. */
export const mostFrames = 32;

export const generationSchema = z.object({
  maxNewTokens: z.int().min(1).max(2048).optional(),
  temperature: z.number().min(0).max(5).optional(),
  topP: z.number().min(0).max(1).optional(),
  topK: z.int().min(0).max(1000).optional(),
  repetitionPenalty: z.number().min(0.5).max(5).optional(),
  seed: z.int().optional(),
  /** Pictures of one look; as many as the model was trained with when left out. */
  frames: z.int().min(2).max(mostFrames).optional(),
});
export type GenerationOptions = z.infer<typeof generationSchema>;

/** Some jobs by id, all of some kinds, or every background job. What is in a state that does not allow it is passed over. */
const jobSetSchema = z.object({
  jobIds: z.array(id).max(10_000).optional(),
  kinds: z.array(z.enum(jobKindNames)).optional(),
});
export type JobSet = z.infer<typeof jobSetSchema>;

const source = z.union([z.object({ mediaId: id }), z.object({ path })]);

/** `added` and `opened` latest first, `duration` longest, `rating` best, `name` in the order of the alphabet. */
export const mediaSorts = ['added', 'name', 'duration', 'opened', 'rating'] as const;
export type MediaSort = (typeof mediaSorts)[number];

/** One schema per call; the engine parses every input with it, whoever sends it. */
export const callSchemas = {
  status: z.object({}),
  checkPaths: z.object({ paths: z.array(path).min(1).max(10_000) }),
  addToLibrary: z.object({ paths: z.array(path).min(1).max(10_000) }),
  listMedia: z.object({
    text: z.string().max(500).optional(),
    sort: z.enum(mediaSorts).default('added'),
    within: withinSchema.optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(1000).default(200),
  }),
  getMedia: z.object({ mediaId: id }),
  checkMedia: z.object({ mediaId: id }),
  playback: z.object({ mediaId: id }),
  subtitles: z.object({ mediaId: id }),
  playerMemory: z.object({ mediaId: id }),
  /** What is left out stays. */
  changePlayer: z.object({
    mediaId: id,
    soundTrack: playerMemorySchema.shape.soundTrack.unwrap().optional(),
    subtitles: playerMemorySchema.shape.subtitles.unwrap().optional(),
  }),
  listMarkers: z.object({ mediaId: id }),
  /** A new one, or another state of the one with its id. */
  saveMarker: z.object({ mediaId: id, marker: markerSchema }),
  removeMarker: z.object({ mediaId: id, markerId: id }),
  removeMedia: z.object({ mediaId: id }),
  reindex: z.object({ mediaId: id }),
  ...markSchemas,
  ...rootSchemas,
  search: z.object({
    text: z.string().max(500),
    mediaId: id.optional(),
    limit: z.int().min(1).max(200).default(40),
  }),
  ask: z.object({
    source,
    segment: clipSchema.optional(),
    question: z.string().trim().min(1).max(4000),
    modality: modalitySchema.default('auto'),
    conversationId: id.optional(),
    generation: generationSchema.optional(),
    /** Looks that take longer than a minute in all are offered first (`short`); the others say yes to it beforehand. */
    scope: z.enum(['short', 'likeliest', 'all']).default('short'),
  }),
  caption: z.object({ source, segment: clipSchema.optional(), generation: generationSchema.optional() }),
  listConversations: z.object({ mediaId: id }),
  getConversation: z.object({ conversationId: id }),
  deleteConversation: z.object({ conversationId: id }),
  listJobs: z.object({ limit: z.int().min(1).max(1000).default(200) }),
  pauseJob: z.object({ jobId: id }),
  resumeJob: z.object({ jobId: id }),
  cancelJob: z.object({ jobId: id }),
  retryJob: z.object({ jobId: id }),
  changeJobs: jobSetSchema.extend({ change: z.enum(['pause', 'resume', 'cancel', 'retry', 'dismiss']) }),
  work: z.object({}),
  readLog: z.object({ level: z.enum(logLevels).default('info'), limit: z.int().min(1).max(5000).default(500) }),
  doctor: z.object({}),
  /** What computes, network by network, and why. */
  device: z.object({}),
  /** Holds from the next question on. */
  chooseDevice: z.object({ choice: z.enum(deviceChoices) }),
  connections: z.object({}),
  setOffline: z.object({ isOffline: z.boolean() }),
  clearConnections: z.object({}),
  /** What the person says to an `agreeFirst`; only the window that was asked can answer. */
  answerRequest: z.object({ requestId: id, isAgreed: z.boolean() }),
  ...modelCallSchemas,
} as const;

export type CallName = keyof typeof callSchemas;
/** What a caller writes (defaults may be left out). */
export type CallInput<N extends CallName> = z.input<(typeof callSchemas)[N]>;
/** What the engine sees (defaults filled in). */
export type ParsedInput<N extends CallName> = z.output<(typeof callSchemas)[N]>;

/** What every call gives back. */
export interface CallResults extends ModelCallResults, MarkResults, RootResults {
  status: EngineStatus;
  checkPaths: PathCheck[];
  addToLibrary: { jobId: string };
  listMedia: { items: MediaItem[]; total: number };
  getMedia: MediaDetail;
  checkMedia: MediaCheck;
  playback: PlaybackFacts;
  /** In time order. */
  subtitles: SubtitleLine[];
  playerMemory: PlayerMemory;
  changePlayer: PlayerMemory;
  /** In time order, as the two after it. */
  listMarkers: Marker[];
  saveMarker: Marker[];
  removeMarker: Marker[];
  removeMedia: { removed: boolean };
  reindex: { jobId: string };
  search: SearchResult;
  ask: { jobId: string; mediaId: string; conversationId: string; messageId: string };
  caption: { jobId: string; mediaId: string };
  listConversations: ConversationSummary[];
  getConversation: Conversation;
  deleteConversation: { removed: boolean };
  listJobs: Job[];
  pauseJob: Job;
  resumeJob: Job;
  cancelJob: Job;
  retryJob: Job;
  changeJobs: { changed: number };
  work: WorkSummary;
  /** The latest entries, the oldest of them first, and the folder that they are in. */
  readLog: { folder: string; entries: LogEntry[] };
  answerRequest: { isOpened: boolean };
  doctor: DoctorReport;
  device: DeviceReport;
  chooseDevice: DeviceReport;
  connections: ConnectionReport;
  setOffline: ConnectionReport;
  clearConnections: ConnectionReport;
}

/** The engine as every shell sees it. */
export type EngineApi = { [N in CallName]: (input: CallInput<N>) => Promise<CallResults[N]> };

/** Events, pushed to every connected UI. */
export type EngineEvent =
  | { type: 'job'; job: Job }
  | { type: 'jobsDismissed'; jobIds: string[] }
  | { type: 'work'; work: WorkSummary }
  | { type: 'answerDelta'; jobId: string; conversationId: string; messageId: string; text: string }
  | { type: 'conversationChanged'; conversationId: string; mediaId: string }
  | { type: 'libraryChanged'; mediaIds: string[] }
  /** Tags or collections are others than before. */
  | { type: 'marksChanged' }
  /** Another folder is kept, or one is watched otherwise than before. */
  | { type: 'rootsChanged' }
  | { type: 'statusChanged' }
  | OutsideEvent;

/** What a window listens to. */
export interface WindowEvents {
  event(event: EngineEvent): void;
}

export const callNames = Object.keys(callSchemas) as CallName[];

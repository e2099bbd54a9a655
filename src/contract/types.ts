/** What a UI and the engine say to each other. Times are seconds, sizes bytes, ids opaque strings. */
import type { DomainScore } from './domain.ts';
import type { ErrorInfo } from './errors.ts';
import type { KnowledgeKind, MatchKind } from './knowledge.ts';
import type { PartPlacement } from './parts.ts';

/** A range on the timeline. */
export interface Segment {
  startSec: number;
  endSec: number;
}

export type MediaKind = 'video' | 'audio' | 'image';

/** `registered`: known but never indexed (a file that was only asked about). */
export type MediaState = 'registered' | 'queued' | 'indexing' | 'ready' | 'failed' | 'offline';

/** What a file is, as it was read out of the file itself. */
export interface MediaFacts {
  kind: MediaKind;
  /** Of what can be read; 0 for an image. */
  durationSec: number;
  /** As displayed: orientation and pixel shape applied; 0 for sound alone. */
  width: number;
  height: number;
  /** Average frames per second; 0 for sound and images. */
  fps: number;
  hasAudio: boolean;
  videoCodec: string | null;
  sizeBytes: number;
}

export interface MediaItem extends MediaFacts {
  id: string;
  path: string;
  fileName: string;
  /** ISO 8601. */
  addedAt: string;
  state: MediaState;
  /** One of the clips that come with Playhead. */
  isSample: boolean;
  error: ErrorInfo | null;
  /** Things that were left out or reduced while indexing, in words ("no audio track: …"). */
  notices: string[];
  segmentCount: number;
  /** A route for `PlayheadClient.urlOf`, or null while there is none. */
  thumbnail: string | null;
  /** Route of the media file itself. */
  stream: string;
}

/** A path that a person wants to add, looked at before any work starts. */
export interface PathCheck {
  /** As it was given. */
  path: string;
  kind: 'file' | 'folder' | null;
  /** Why it cannot be added. */
  error: ErrorInfo | null;
}

/** Whether a file of the library can be read now. */
export interface MediaCheck {
  /** Why not: `file-not-found`, `file-unreadable`, `file-empty`, `file-damaged`, …; null when it is sound. */
  error: ErrorInfo | null;
  /** What is wrong with a file that can be read in part ("the file is cut off: …"). */
  notices: string[];
  /** A file of the same sort and size in the folder of one that is gone: perhaps its new name. */
  candidate: string | null;
}

/** One piece of knowledge about a stretch of a file, and where it came from. */
export interface Knowledge extends Segment {
  kind: KnowledgeKind;
  text: string;
  /** Who says so: "playhead-sample-av", "PP-OCRv4", "CenterNet (COCO)", "duet.en.srt". */
  source: string;
  /** Which version of the source, where it has versions: for a caption `ModelSummary.version`. */
  sourceVersion?: string;
  /** 0 to 1, null where the source gives none. */
  confidence: number | null;
}

export interface IndexedSegment extends Segment {
  id: string;
  mediaId: string;
  ordinal: number;
  thumbnail: string | null;
  knowledge: Knowledge[];
}

export interface MediaDetail {
  item: MediaItem;
  segments: IndexedSegment[];
}

/** Why a segment was found. `text` is a snippet; the matched words stand between « and ». */
export interface MatchReason {
  kind: MatchKind;
  text: string;
  source: string;
  /** Seconds: where it is said or begins to be seen; null for what is true of the whole file or segment. */
  atSec: number | null;
}

/** `startSec` to `endSec` is the segment that was found. */
export interface SearchHit extends Segment {
  /** Seconds: where to begin to play; within the segment. */
  atSec: number;
  mediaId: string;
  segmentId: string;
  fileName: string;
  thumbnail: string | null;
  /** Fused rank score; only its order means something. */
  score: number;
  reasons: MatchReason[];
}

export interface SearchResult {
  hits: SearchHit[];
  tookMs: number;
  /** What limited the search, in words ("search by meaning is off: …"). */
  notices: string[];
}

/** Which senses an answer uses; `auto` takes what the file and the model have. */
export type Modality = 'auto' | 'video' | 'audio' | 'av';

export interface StageTiming {
  stage: string;
  seconds: number;
}

/** One statement of an answer, and the stretch of the file that it is about. The times are the app's own. */
export interface AnswerPart extends Segment {
  text: string;
}

/** What an answer rests on that was put together from several looks at a file. */
export interface Evidence {
  /** The answer in a sentence; empty for an account, which consists of its parts. */
  summary: string;
  /** In the order of the file. */
  parts: AnswerPart[];
  /** Into what the range was cut: its scenes, or shorter stretches where the model cannot look at a scene at once. */
  unit: 'scene' | 'stretch';
  /** How many of them the range has. */
  total: number;
  /** Those that were looked at, in the order of the file. */
  lookedAt: Segment[];
  /** How many of these were looked at when the file was indexed: their captions are the answer. */
  fromIndex: number;
  /** How many of these were left out of the answer, since the model does not know footage like theirs. */
  unknown: number;
}

/** What looking would cost, told before it is done. Seconds are expected ones, by measured looks. */
export interface LookOffer {
  unit: Evidence['unit'];
  likeliest: { count: number; seconds: number };
  all: { count: number; seconds: number };
}

/** How far a question over many scenes may go without asking back. */
export type LookScope = 'short' | 'likeliest' | 'all';

/** Where an answer comes from: the figures that the UI shows under it. */
export interface Provenance {
  model: string;
  provider: string;
  modality: Exclude<Modality, 'auto'>;
  segment: Segment;
  frames: number;
  audioSeconds: number;
  promptTokens: number;
  newTokens: number;
  timings: StageTiming[];
  /**
   * The model was not asked: `out-of-domain`, since it does not know footage like this; `question-out-of-domain`, since
   * it does not know what the question is about; `needs-consent`, since looking takes long, and `offer` says how long.
   */
  stopReason:
    | 'eos'
    | 'length'
    | 'cancelled'
    | 'stop-string'
    | 'out-of-domain'
    | 'question-out-of-domain'
    | 'needs-consent';
  /** Left out by a model that is not bounded to a world of its own. */
  domain?: DomainScore;
  /** Only of an answer from several looks. */
  evidence?: Evidence;
  /** Only with `needs-consent`. */
  offer?: LookOffer;
  /** Left out where all of the model runs on the CPU, as was asked for. */
  parts?: PartPlacement[];
}

export interface Message {
  id: string;
  role: 'user' | 'assistant';
  text: string;
  createdAt: string;
  /** `streaming` while it grows; `stopped` when the person stopped it. */
  state: 'done' | 'streaming' | 'stopped' | 'failed';
  segment: Segment | null;
  provenance: Provenance | null;
  error: ErrorInfo | null;
}

export interface Conversation {
  id: string;
  mediaId: string;
  title: string;
  createdAt: string;
  updatedAt: string;
  messages: Message[];
}

export interface ConversationSummary {
  id: string;
  mediaId: string;
  title: string;
  updatedAt: string;
  messageCount: number;
}

export interface ModelSummary {
  folder: string;
  name: string;
  description: string;
  licence: string;
  source: string;
  architecture: string;
  /** Names the weights: what one version said is never taken for another's. */
  version: string;
  sizeBytes: number;
  /** True for the small model that knows only the sample world. */
  isSampleModel: boolean;
  modalities: Exclude<Modality, 'auto'>[];
  /** Seconds of a file that it can look at in one go. */
  longestLookSec: number;
  /** False for a model that answers every question by itself and knows nothing of earlier ones. */
  followsUp: boolean;
  active: boolean;
}

export interface ToolStatus {
  found: boolean;
  version: string | null;
  /** Where it came from: "ffmpeg-static", "@ffmpeg-installer", "system". */
  origin: string | null;
  path: string | null;
}

export interface EngineStatus {
  version: string;
  libraryFolder: string;
  model: ModelSummary | null;
  provider: string | null;
  /** Where each network of the loaded model runs; empty before one is loaded. */
  parts: PartPlacement[];
  ffmpeg: ToolStatus;
  ffprobe: ToolStatus;
  /** What is missing or reduced, in words, each with what to do. */
  notices: string[];
  /** Why nothing can be written just now (a full disk, another program that holds the library); null when all is well. */
  trouble: ErrorInfo | null;
  mediaCount: number;
  segmentCount: number;
  /** Network connections made since the start: none, unless the person started a download. */
  connections: string[];
}

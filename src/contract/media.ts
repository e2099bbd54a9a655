/** Files of the library, their segments, and what is known of them. Times are seconds, sizes bytes, ids opaque strings. */
import type { ErrorInfo } from './errors.ts';
import type { KnowledgeKind } from './knowledge.ts';
import type { Marks } from './marks.ts';

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
  /** Shown in this window alone, since somebody asked about it: the library does not have it. */
  isGranted?: true;
  error: ErrorInfo | null;
  /** Things that were left out or reduced while indexing, in words ("no audio track: …"). */
  notices: string[];
  segmentCount: number;
  /** What the person says of it. */
  marks: Marks;
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

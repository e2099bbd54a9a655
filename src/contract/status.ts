/** What Playhead works with just now: the model, the tools, the library. */
import type { Modality } from './answers.ts';
import type { ModelPace } from './catalogue.ts';
import type { ErrorInfo } from './errors.ts';
import type { PartPlacement } from './parts.ts';

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

/** A dual encoder: it answers nothing, and finds moments by what they show. */
export interface SearchModel extends Pick<ModelSummary, 'folder' | 'name' | 'description' | 'licence' | 'source'> {
  version: string;
  sizeBytes: number;
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
  /** How fast the model that answers is here, as it was measured by using it. */
  pace: ModelPace;
  /** The dual encoder that was chosen for search; null where search is left to the model that answers. */
  searchModel: SearchModel | null;
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
  /** Other machines that the engine's process has been connected to, the latest first; more in `connections`. */
  connections: string[];
}

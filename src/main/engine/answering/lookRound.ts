/** Asks a model about one look after the other, and keeps what it said: the moving part of an answer over many looks. */
import type { GenerationOptions, MediaItem, Modality, ModelSummary, Provenance } from '../../../contract/index.ts';
import { aboutSeconds } from '../../../contract/index.ts';
import { unlessAborted } from '../../channel/unlessAborted.ts';
import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import { Stopwatch } from '../../ports/stopwatch.ts';
import { clipOf } from '../describeSegment.ts';
import type { Hosts } from '../hosts.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import type { Look } from './cutLooks.ts';
import { type Exchange, turnsAbout } from './earlierTurns.ts';
import type { LookSpeed } from './lookSpeed.ts';
import { readReply } from './readReply.ts';
import type { Inquiry, Reply } from './way.ts';

/** After so many looks at footage that the model does not know, and none at other footage, the rest is spared. */
const UNKNOWN_ENOUGH = 4;

/** What asking a model needs. */
export interface RoundNeeds {
  hosts: Pick<Hosts, 'model' | 'loaded'>;
}

export interface RoundInput {
  needs: RoundNeeds;
  context: Pick<JobAttempt, 'signal' | 'progress'>;
  item: MediaItem;
  model: ModelSummary;
  modality: Modality;
  generation?: GenerationOptions;
  speed: LookSpeed;
  unit: 'scene' | 'stretch';
  /** Of the talk so far. */
  exchanges: readonly Exchange[];
}

type Figures = Pick<Provenance, 'frames' | 'audioSeconds' | 'promptTokens' | 'newTokens'>;

export class LookRound {
  /** As they came. */
  readonly replies: Reply[] = [];
  /** Looks at footage that the model does not know: nothing was said of them. */
  readonly unknown = new Map<Look, AnswerOutput>();
  /** A question that the model does not understand, or knows nothing of; it is asked of no other look. */
  declined: AnswerOutput | null = null;
  /** Of the first look that was answered by the model. */
  example: Provenance | null = null;
  readonly figures: Figures = { frames: 0, audioSeconds: 0, promptTokens: 0, newTokens: 0 };
  readonly watch = new Stopwatch();
  readonly #input: RoundInput;
  readonly #seen = new Set<Look>();

  constructor(input: RoundInput) {
    this.#input = input;
  }

  /**
   * Puts the inquiries one by one; looks at unknown footage are passed over from then on.
   * @param onReply hears of each reply; gives true to end the round
   */
  async ask(inquiries: readonly Inquiry[], onReply: (reply: Reply) => boolean): Promise<void> {
    const { context } = this.#input;
    for (const [index, inquiry] of inquiries.entries()) {
      context.signal.throwIfAborted();
      if (this.declined) return;
      if (this.unknown.size >= UNKNOWN_ENOUGH && this.replies.length === 0) return;
      if (this.unknown.has(inquiry.look) || this.#isAnswered(inquiry)) continue;
      if (inquiry.known === undefined) await context.progress(index / inquiries.length, this.#stage(inquiries, index));
      const text = inquiry.known ?? (await this.#look(inquiry));
      if (text === null) continue;
      const reply: Reply = { ...inquiry, text, meaning: readReply(text) };
      this.replies.push(reply);
      if (onReply(reply)) return;
    }
  }

  has(look: Look): boolean {
    return this.#seen.has(look);
  }

  #isAnswered({ look, question, about }: Inquiry): boolean {
    return this.replies.some((reply) => reply.look === look && reply.question === question && reply.about === about);
  }

  /** "looking at scene 3 of 12, about 20 s left" */
  #stage(inquiries: readonly Inquiry[], index: number): string {
    const { speed, unit } = this.#input;
    const looks = [...new Set(inquiries.map(({ look }) => look))];
    const at = looks.indexOf((inquiries[index] as Inquiry).look);
    const left = inquiries.slice(index).filter(({ look, known }) => known === undefined && !this.#seen.has(look));
    const seconds = (speed.seconds ?? 0) * new Set(left.map(({ look }) => look)).size;
    const when = seconds >= 2 ? `, about ${aboutSeconds(seconds)} left` : '';
    return `looking at ${unit} ${at + 1} of ${looks.length}${when}`;
  }

  /** @returns null for footage that the model does not know, and for a question that it does not */
  async #look({ look, question, isOptional }: Inquiry): Promise<string | null> {
    const { needs, context, item, model, modality, generation, speed, exchanges } = this.#input;
    const { signal } = context;
    const { api } = await unlessAborted(needs.hosts.model(model.folder), signal);
    const history = turnsAbout(exchanges, look);
    const output = await api.answer({ clip: clipOf(item, look), question, modality, generation, history }, { signal });
    if (output.provenance.stopReason === 'question-out-of-domain') {
      if (!isOptional) this.declined = output;
      return null;
    }
    speed.learn(output);
    this.#count(look, output.provenance);
    if (output.provenance.stopReason !== 'out-of-domain') return output.text;
    this.unknown.set(look, output);
    return null;
  }

  #count(look: Look, provenance: Provenance): void {
    this.example ??= provenance;
    this.watch.add(provenance.timings);
    this.figures.promptTokens += provenance.promptTokens;
    this.figures.newTokens += provenance.newTokens;
    if (this.#seen.has(look)) return;
    this.#seen.add(look);
    this.figures.frames += provenance.frames;
    this.figures.audioSeconds += provenance.audioSeconds;
  }
}

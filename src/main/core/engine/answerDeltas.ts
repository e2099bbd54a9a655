/** Hands the pieces of answers, as they stream out of the model's process, to the conversations that wait for them. */
import type { EngineEvent } from '../../../contract/index.ts';

export interface Addressee {
  conversationId: string;
  messageId: string;
}

interface Waiting {
  addressee: Addressee;
  text: string;
  onStage: (stage: string) => void;
}

export class AnswerDeltas {
  readonly #waiting = new Map<string, Waiting>();
  readonly #emit: (event: EngineEvent) => void;

  constructor(emit: (event: EngineEvent) => void) {
    this.#emit = emit;
  }

  /** Keeps what is heard for one job, until `stop`. */
  listen(
    jobId: string,
    addressee: Addressee,
    onStage: (stage: string) => void,
  ): { text: () => string; stop: () => void } {
    this.#waiting.set(jobId, { addressee, text: '', onStage });
    return {
      text: () => this.#waiting.get(jobId)?.text ?? '',
      stop: () => this.#waiting.delete(jobId),
    };
  }

  /** "reading frames", "looking", "listening", "reading the prompt". */
  receiveStage(jobId: string, stage: string): void {
    this.#waiting.get(jobId)?.onStage(stage);
  }

  /** Text for a job that nobody waits for (any more) is dropped: it was stopped. */
  receive(jobId: string, text: string): void {
    const waiting = this.#waiting.get(jobId);
    if (!waiting) return;
    waiting.text += text;
    this.#emit({ type: 'answerDelta', jobId, ...waiting.addressee, text });
  }
}

/** How long a look takes: measured on this machine, for each version of a model, and kept over a restart. */

import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import type { DeviceSetting } from '../deviceSetting.ts';
import { MeasuredMean } from '../measuredMean.ts';

export interface SpeedNeeds {
  library: Pick<LibraryApi, 'getSetting' | 'setSetting'>;
  device: Pick<DeviceSetting, 'choice'>;
}

/** Work that is only done where a clip is seen for the first time; the next question about it costs far less. */
const READING = new Set(['decode frames', 'decode sound']);
/** The stage in which words come; what is before it is waited for. */
const SPEAKING = 'generate';

export class LookSpeed {
  readonly #look: MeasuredMean;
  readonly #firstWord: MeasuredMean;

  private constructor(look: MeasuredMean, firstWord: MeasuredMean) {
    this.#look = look;
    this.#firstWord = firstWord;
  }

  static async open({ library, device }: SpeedNeeds, modelVersion: string): Promise<LookSpeed> {
    const of = `${modelVersion}.${await device.choice()}`;
    const open = (what: string) => MeasuredMean.open(library, `look.${what}.${of}`);
    const [look, firstWord] = await Promise.all([open('seconds'), open('firstWord')]);
    return new LookSpeed(look, firstWord);
  }

  /** Seconds of one look at a stretch that is not remembered; null before the first was measured. */
  get seconds(): number | null {
    return this.#look.value;
  }

  /** Seconds until the first word about such a stretch. */
  get firstWordSec(): number | null {
    return this.#firstWord.value;
  }

  learn({ provenance }: AnswerOutput): void {
    const { timings } = provenance;
    if (!timings.some(({ stage }) => READING.has(stage))) return;
    const sum = (before: typeof timings) => before.reduce((total, { seconds }) => total + seconds, 0);
    this.#look.learn(sum(timings));
    if (timings.some(({ stage }) => stage === SPEAKING))
      this.#firstWord.learn(sum(timings.filter(({ stage }) => stage !== SPEAKING)));
  }

  async keep(): Promise<void> {
    await this.#look.keep();
    await this.#firstWord.keep();
  }
}

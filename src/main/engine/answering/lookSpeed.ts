/** How long a look takes: measured on this machine, for each version of a model, and kept over a restart. */

import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { AnswerOutput } from '../../ports/modelHostApi.ts';
import type { DeviceSetting } from '../deviceSetting.ts';

export interface SpeedNeeds {
  library: Pick<LibraryApi, 'getSetting' | 'setSetting'>;
  device: Pick<DeviceSetting, 'choice'>;
}

/** Weight of the newest look in the running mean. */
const NEWEST = 0.3;

/** Work that is only done where a clip is seen for the first time; the next question about it costs far less. */
const READING = new Set(['decode frames', 'decode sound']);

export class LookSpeed {
  readonly #library: SpeedNeeds['library'];
  readonly #key: string;
  #seconds: number | null = null;

  private constructor(library: SpeedNeeds['library'], key: string) {
    this.#library = library;
    this.#key = key;
  }

  static async open({ library, device }: SpeedNeeds, modelVersion: string): Promise<LookSpeed> {
    const speed = new LookSpeed(library, `look.seconds.${modelVersion}.${await device.choice()}`);
    const stored = Number(await library.getSetting(speed.#key));
    if (stored > 0) speed.#seconds = stored;
    return speed;
  }

  /** Seconds of one look at a stretch that is not remembered; null before the first was measured. */
  get seconds(): number | null {
    return this.#seconds;
  }

  learn({ provenance }: AnswerOutput): void {
    if (!provenance.timings.some(({ stage }) => READING.has(stage))) return;
    const seconds = provenance.timings.reduce((sum, timing) => sum + timing.seconds, 0);
    this.#seconds = this.#seconds === null ? seconds : this.#seconds * (1 - NEWEST) + seconds * NEWEST;
  }

  async keep(): Promise<void> {
    if (this.#seconds !== null) await this.#library.setSetting(this.#key, this.#seconds.toFixed(3));
  }
}

/** A figure that is measured by use: a running mean, kept over a restart. */
import type { LibraryApi } from '../ports/libraryApi.ts';

type Settings = Pick<LibraryApi, 'getSetting' | 'setSetting'>;

/** Weight of the newest measurement. */
const NEWEST = 0.3;

export class MeasuredMean {
  readonly #library: Settings;
  readonly #key: string;
  #value: number | null = null;

  private constructor(library: Settings, key: string) {
    this.#library = library;
    this.#key = key;
  }

  /** @param key of the setting, with all that the figure depends on: model, version, provider */
  static async open(library: Settings, key: string): Promise<MeasuredMean> {
    const mean = new MeasuredMean(library, key);
    const stored = Number(await library.getSetting(key));
    if (stored > 0) mean.#value = stored;
    return mean;
  }

  /** Null before anything was measured. */
  get value(): number | null {
    return this.#value;
  }

  learn(measured: number): void {
    this.#value = this.#value === null ? measured : this.#value * (1 - NEWEST) + measured * NEWEST;
  }

  async keep(): Promise<void> {
    if (this.#value !== null) await this.#library.setSetting(this.#key, this.#value.toFixed(4));
  }
}

/** Bundles that lie outside the library, by their folders: a setting of its own for each, so that two programs may register at once. */
import type { LibraryApi } from '../ports/libraryApi.ts';

type Settings = Pick<LibraryApi, 'getSetting' | 'setSetting' | 'listSettings'>;

/** In place of the time: it is no longer listed. */
const removedValue = 'removed';

export class RegisteredFolders {
  readonly #library: Settings;
  readonly #prefix: string;

  /** @param prefix of the settings' keys; the folder follows */
  constructor(library: Settings, prefix: string) {
    this.#library = library;
    this.#prefix = prefix;
  }

  async add(folder: string): Promise<void> {
    await this.#library.setSetting(this.#prefix + folder, new Date().toISOString());
  }

  /** @returns false where it was not listed */
  async remove(folder: string): Promise<boolean> {
    const isListed = (await this.list()).includes(folder);
    if (isListed) await this.#library.setSetting(this.#prefix + folder, removedValue);
    return isListed;
  }

  async list(): Promise<string[]> {
    const keys = await this.#library.listSettings(this.#prefix);
    const values = await Promise.all(keys.map((key) => this.#library.getSetting(key)));
    return keys.filter((_, index) => values[index] !== removedValue).map((key) => key.slice(this.#prefix.length));
  }
}

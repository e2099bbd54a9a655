/** Which bundles there are, and which one answers. */
import { resolve } from 'node:path';
import { type ModelSummary, PlayheadError } from '../../../contract/index.ts';
import { listBundles, summariseBundle } from '../../models/bundleCatalogue.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { EngineFolders } from './engineContext.ts';

const settingKey = 'model.folder';

export class ModelChoice {
  readonly #library: LibraryApi;
  readonly #folders: EngineFolders;
  /** A bundle given on the command line: outranks the setting, is never stored. */
  readonly #override: string | null;

  constructor(library: LibraryApi, folders: EngineFolders, override: string | null) {
    this.#library = library;
    this.#folders = folders;
    this.#override = override === null ? null : resolve(override);
  }

  async list(): Promise<ModelSummary[]> {
    const active = (await this.active())?.folder;
    const bundles = await listBundles([`${this.#folders.resources}/models`, this.#folders.models]);
    const known = new Map(bundles.map((bundle) => [bundle.folder, bundle]));
    const chosen = this.#override ?? (await this.#library.getSetting(settingKey));
    if (chosen && !known.has(chosen)) {
      const elsewhere = await summariseBundle(chosen).catch(() => null);
      if (elsewhere) known.set(chosen, elsewhere);
    }
    return [...known.values()].map((bundle) => ({ ...bundle, active: bundle.folder === active }));
  }

  /** The bundle that answers, or null when there is none at all. */
  async active(): Promise<ModelSummary | null> {
    if (this.#override) return { ...(await summariseBundle(this.#override)), active: true };
    const chosen = await this.#library.getSetting(settingKey);
    const stored = chosen ? await summariseBundle(chosen).catch(() => null) : null;
    if (stored) return { ...stored, active: true };
    const [first] = await listBundles([`${this.#folders.resources}/models`, this.#folders.models]);
    return first ? { ...first, active: true } : null;
  }

  /** @throws PlayheadError `model-missing` */
  async require(): Promise<ModelSummary> {
    const active = await this.active();
    if (active) return active;
    throw new PlayheadError({
      code: 'model-missing',
      message: 'There is no model to answer with.',
      hint: 'Import one with `playhead import <checkpoint folder> <bundle folder>`, or install Playhead again.',
    });
  }

  async use(folder: string): Promise<ModelSummary> {
    const bundle = await summariseBundle(resolve(folder));
    await this.#library.setSetting(settingKey, bundle.folder);
    return { ...bundle, active: true };
  }
}

/** Which dual encoder gives search its vectors: one that was chosen for it, or what the model that answers brings along. */
import { resolve } from 'node:path';
import type { SearchModel } from '../../contract/index.ts';
import { listSearchBundles, summariseSearchBundle } from '../models/bundleCatalogue.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { EngineFolders } from './folders.ts';
import type { ModelChoice } from './modelChoice.ts';
import { RegisteredFolders } from './registeredFolders.ts';

const settingKey = 'search.folder';

/** Where vectors come from. */
export interface EncoderPlace {
  /** The encoder's own bundle, or the one of the model that brings it. */
  folder: string;
  /** It was chosen for search, knows footage of every kind, and has a process of its own. */
  isChosen: boolean;
}

export class SearchChoice {
  readonly #library: LibraryApi;
  readonly #folders: Pick<EngineFolders, 'models'>;
  readonly #models: Pick<ModelChoice, 'active'>;
  readonly #registered: RegisteredFolders;

  constructor(library: LibraryApi, folders: Pick<EngineFolders, 'models'>, models: Pick<ModelChoice, 'active'>) {
    this.#library = library;
    this.#folders = folders;
    this.#models = models;
    this.#registered = new RegisteredFolders(library, 'search.registered:');
  }

  /** Among the library's models, and what was imported elsewhere. */
  async list(): Promise<SearchModel[]> {
    const active = (await this.active())?.folder;
    const bundles = await listSearchBundles([this.#folders.models]);
    const known = new Map(bundles.map((bundle) => [bundle.folder, bundle]));
    for (const folder of await this.#registered.list()) {
      const bundle = known.has(folder) ? null : await summariseSearchBundle(folder).catch(() => null);
      if (bundle) known.set(folder, bundle);
    }
    return [...known.values()].map((bundle) => ({ ...bundle, active: bundle.folder === active }));
  }

  /** The one that was chosen, as long as it is there. */
  async active(): Promise<SearchModel | null> {
    const chosen = await this.#library.getSetting(settingKey);
    const bundle = chosen ? await summariseSearchBundle(chosen).catch(() => null) : null;
    return bundle && { ...bundle, active: true };
  }

  /** Null where there is neither. */
  async encoder(): Promise<EncoderPlace | null> {
    const chosen = await this.active();
    if (chosen) return { folder: chosen.folder, isChosen: true };
    const model = await this.#models.active();
    return model && { folder: model.folder, isChosen: false };
  }

  /** @throws PlayheadError `model-missing`, `model-invalid` for what is no dual encoder */
  async register(folder: string): Promise<void> {
    await this.#registered.add((await summariseSearchBundle(resolve(folder))).folder);
  }

  /** @param folder null for what the model that answers brings along. @throws as `register` */
  async use(folder: string | null): Promise<SearchModel | null> {
    const bundle = folder === null ? null : await summariseSearchBundle(resolve(folder));
    await this.#library.setSetting(settingKey, bundle?.folder ?? '');
    return bundle && { ...bundle, active: true };
  }

  /** It is no longer listed. @returns false where it was not */
  async forget(folder: string): Promise<boolean> {
    if ((await this.#library.getSetting(settingKey)) === resolve(folder)) await this.use(null);
    return this.#registered.remove(resolve(folder));
  }
}

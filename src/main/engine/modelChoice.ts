/** Which bundles there are, and which one answers. */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { type ModelSummary, PlayheadError } from '../../contract/index.ts';
import { freeName } from '../library/libraryFiles.ts';
import { listBundles, summariseBundle } from '../models/bundleCatalogue.ts';
import { partialFolder } from '../models/partialBundle.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { EngineFolders } from './folders.ts';
import { RegisteredFolders } from './registeredFolders.ts';

const settingKey = 'model.folder';

export class ModelChoice {
  readonly #library: LibraryApi;
  readonly #folders: EngineFolders;
  /** A bundle given on the command line: outranks the setting, is never stored. */
  readonly #override: string | null;
  readonly #registered: RegisteredFolders;

  constructor(library: LibraryApi, folders: EngineFolders, override: string | null) {
    this.#library = library;
    this.#folders = folders;
    this.#registered = new RegisteredFolders(library, 'model.registered:');
    this.#override = override === null ? null : resolve(override);
  }

  /** What ships with Playhead, what lies among the library's models, and what was imported or added elsewhere. */
  async list(): Promise<ModelSummary[]> {
    const active = (await this.active())?.folder;
    const bundles = await this.#inOwnFolders();
    const known = new Map(bundles.map((bundle) => [bundle.folder, bundle]));
    for (const folder of await this.#elsewhere()) {
      // A bundle that is away (its drive, perhaps) is not listed, and is again when it is back.
      const bundle = known.has(folder) ? null : await summariseBundle(folder).catch(() => null);
      if (bundle) known.set(folder, bundle);
    }
    return [...known.values()].map((bundle) => ({ ...bundle, active: bundle.folder === active }));
  }

  /** Remembers a bundle wherever it lies. @throws PlayheadError `model-missing`, `model-invalid` */
  async register(folder: string): Promise<ModelSummary> {
    const bundle = await summariseBundle(resolve(folder));
    await this.#registered.add(bundle.folder);
    return { ...bundle, active: bundle.folder === (await this.active())?.folder };
  }

  /** The bundle that answers, or null when there is none at all. */
  async active(): Promise<ModelSummary | null> {
    if (this.#override) return { ...(await summariseBundle(this.#override)), active: true };
    const chosen = await this.#library.getSetting(settingKey);
    const stored = chosen ? await summariseBundle(chosen).catch(() => null) : null;
    if (stored) return { ...stored, active: true };
    const [first] = await this.#inOwnFolders();
    return first ? { ...first, active: true } : null;
  }

  /** @throws PlayheadError `model-missing` */
  async require(): Promise<ModelSummary> {
    const active = await this.active();
    if (active) return active;
    throw new PlayheadError({
      code: 'model-missing',
      message: 'There is no model to answer with.',
      hint: 'Import one (Models in the window, or `playhead import <checkpoint folder> <bundle folder>`), or install Playhead again.',
    });
  }

  async use(folder: string): Promise<ModelSummary> {
    const bundle = await summariseBundle(resolve(folder));
    await this.#library.setSetting(settingKey, bundle.folder);
    return { ...bundle, active: true };
  }

  /**
   * A bundle among the library's models goes from the disk; one that lies elsewhere is only no longer listed.
   * @throws PlayheadError `invalid-input` for what comes with Playhead
   */
  async remove(folder: string): Promise<{ removed: boolean }> {
    const bundle = resolve(folder);
    if (bundle.startsWith(this.#folders.resources + sep))
      throw new PlayheadError({
        code: 'invalid-input',
        message: 'This model comes with Playhead and stays.',
        file: bundle,
      });
    if ((await this.#library.getSetting(settingKey)) === bundle) await this.#library.setSetting(settingKey, '');
    const isListed = await this.#registered.remove(bundle);
    if (dirname(bundle) !== this.#folders.models || !existsSync(bundle)) return { removed: isListed };
    // Under another name first: half a bundle is never taken for a whole one.
    const going = freeName(partialFolder(bundle));
    await rename(bundle, going);
    await rm(going, { recursive: true, force: true });
    return { removed: true };
  }

  #inOwnFolders(): Promise<ModelSummary[]> {
    return listBundles([`${this.#folders.resources}/models`, this.#folders.models]);
  }

  async #elsewhere(): Promise<string[]> {
    const chosen = this.#override ?? (await this.#library.getSetting(settingKey));
    return [...(await this.#registered.list()), ...(chosen ? [chosen] : [])];
  }
}

/** Where an engine keeps and finds things. */
import { join, resolve } from 'node:path';

export interface EngineFolders {
  /** Databases, thumbnails and imported bundles of one library. */
  library: string;
  thumbnails: string;
  /** Bundles that the person imported. */
  models: string;
  /** What is fetched: checkpoints by repository and commit. */
  downloads: string;
  /** What ships with Playhead: `models/`, `samples/`. */
  resources: string;
}

export function foldersOf(options: { libraryFolder: string; resourcesFolder: string }): EngineFolders {
  const library = resolve(options.libraryFolder);
  return {
    library,
    thumbnails: join(library, 'thumbnails'),
    models: join(library, 'models'),
    downloads: join(library, 'downloads'),
    resources: resolve(options.resourcesFolder),
  };
}

/** The list of models that can be fetched: data that comes with Playhead, checked before it is believed. */
import { join } from 'node:path';
import { type CatalogueEntry, catalogueSchema, PlayheadError } from '../../../contract/index.ts';
import { LARGEST_TEXT_FILE, readRegularFile } from '../../ports/regularFile.ts';

export interface Catalogue {
  note: string;
  models: CatalogueEntry[];
}

/**
 * @param resourcesFolder what ships with Playhead
 * @throws PlayheadError `model-invalid` naming every field that is wrong
 */
export async function readCatalogue(resourcesFolder: string): Promise<Catalogue> {
  const file = join(resourcesFolder, 'catalogue', 'models.json');
  const text = (await readRegularFile(file, LARGEST_TEXT_FILE)).toString('utf8');
  return parseCatalogue(text, file);
}

/** The entry of this name. @throws PlayheadError `not-found`, naming those that there are */
export function findEntry({ models }: Catalogue, id: string): CatalogueEntry {
  const wanted = id.toLowerCase();
  const entry = models.find((each) => each.id === wanted || each.name.toLowerCase() === wanted);
  if (entry) return entry;
  throw new PlayheadError({
    code: 'not-found',
    message: `The catalogue holds no model “${id}”.`,
    hint: `It holds: ${models.map((each) => each.id).join(', ')}.`,
  });
}

export function parseCatalogue(text: string, file?: string): Catalogue {
  const parsed = catalogueSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new PlayheadError({
    code: 'model-invalid',
    message: `The catalogue of models is damaged: ${problems.join('; ')}.`,
    hint: 'Install Playhead again.',
    file,
  });
}

/** Which part of the library is shown, as it stands in the address: "tag:kitchen", "root:<id>". */
import type { Within } from '../../contract/marks.ts';
import { rootName } from './roots.ts';

export function parseWithin(text: string): Within {
  const [kind = '', ...rest] = text.split(':');
  const value = rest.join(':');
  if (kind === 'favourites') return { isFavourite: true };
  if (value === '') return {};
  if (kind === 'tag') return { tag: value };
  if (kind === 'root') return { rootId: value };
  return kind === 'collection' ? { collectionId: value } : {};
}

/** "" for all of it. */
export function formatWithin({ tag, rootId, collectionId, isFavourite }: Within): string {
  if (tag !== undefined) return `tag:${tag}`;
  if (rootId !== undefined) return `root:${rootId}`;
  if (collectionId !== undefined) return `collection:${collectionId}`;
  return isFavourite ? 'favourites' : '';
}

interface Lists {
  roots: { value: readonly { id: string; path: string }[] };
  collections: { value: readonly { id: string; name: string }[] };
}

/** What the shown part is called. */
export function partName(within: Within, { roots, collections }: Lists): string {
  if (within.tag !== undefined) return within.tag;
  if (within.isFavourite) return 'Favourites';
  const root = roots.value.find(({ id }) => id === within.rootId);
  if (root) return rootName(root);
  return collections.value.find(({ id }) => id === within.collectionId)?.name ?? 'Library';
}

/** What a media file says of itself, out of ffprobe's tags. */

export interface MediaTag {
  /** "title", "artist", "album", … */
  name: string;
  text: string;
}

/** Names under which containers keep the same tag, by ours; the last part of "com.apple.quicktime.title" counts. */
const names: Readonly<Record<string, readonly string[]>> = {
  title: ['title'],
  artist: ['artist', 'author', 'performer'],
  album: ['album', 'album_artist', 'show', 'series'],
  composer: ['composer', 'director'],
  genre: ['genre'],
  comment: ['comment'],
  description: ['description', 'synopsis', 'keywords', 'subject'],
};
/** Characters; what is longer is no description but data. */
const LONGEST = 1000;

/** @param sources ffprobe's tags of the file and of its streams; of a tag that several have, the first counts */
export function readTags(sources: readonly (Record<string, string> | undefined)[]): MediaTag[] {
  const values = new Map<string, string>();
  for (const [key, text] of sources.flatMap((tags) => Object.entries(tags ?? {}))) {
    const name = key.toLowerCase().split('.').at(-1) as string;
    if (!values.has(name) && text.trim() !== '') values.set(name, text.trim());
  }
  return Object.entries(names).flatMap(([name, keys]) => {
    const texts = new Set(keys.flatMap((key) => values.get(key) ?? []));
    return texts.size === 0 ? [] : [{ name, text: [...texts].join(', ').slice(0, LONGEST) }];
  });
}

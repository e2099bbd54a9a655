/** What the name of a subtitle file says behind the name of its film: a language, or anything else. */
import { foldName } from './foldName.ts';
import { LANGUAGES, type Language, NAME_FLAGS } from './languages.ts';

const languageOf = new Map<string, Language>();
for (const language of LANGUAGES) {
  for (const name of language.names) {
    const folded = foldName(name);
    if (!languageOf.has(folded)) languageOf.set(folded, language);
  }
}
const flags = new Set(NAME_FLAGS);

/** "pt-BR", "English - SDH", "chs&eng", "[Group]", "2_English" -> its words, folded. */
function wordsOf(tail: string): string[] {
  return foldName(tail).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The language that a name, a tag of a track ("rus") or a title tells, or null. "zh-TW" is traditional Chinese. */
export function languageIn(tail: string): Language | null {
  const words = wordsOf(tail);
  const glued = words.slice(1).map((word, i) => `${words[i]}${word}`); // "zh-TW", "pt-BR"
  for (const word of [...glued, ...words]) {
    const language = languageOf.get(word);
    if (language !== undefined) return language;
  }
  return null;
}

/** True when every word is a language, a region or a flag such as "forced": "Film_en", "Film - English SDH". */
export function tellsOnlyLanguage(tail: string): boolean {
  const words = wordsOf(tail);
  return (
    words.length > 0 && words.every((word) => languageOf.has(word) || flags.has(word)) && languageIn(tail) !== null
  );
}

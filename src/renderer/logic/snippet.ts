/** A search snippet in pieces: the matched words stand between « and ». */
export interface SnippetPiece {
  text: string;
  marked: boolean;
}

/** Unpaired marks are left as text, so nothing of the snippet is lost. */
export function parseSnippet(snippet: string): SnippetPiece[] {
  const pieces: SnippetPiece[] = [];
  let rest = 0;
  for (const match of snippet.matchAll(/«([^«»]*)»/g)) {
    if (match.index > rest) pieces.push({ text: snippet.slice(rest, match.index), marked: false });
    pieces.push({ text: match[1] ?? '', marked: true });
    rest = match.index + match[0].length;
  }
  if (rest < snippet.length) pieces.push({ text: snippet.slice(rest), marked: false });
  return pieces;
}

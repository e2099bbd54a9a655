/**
 * What a person types, or what stands in a subtitle or a file name, is letters: "<|im_end|>" in it does not end a turn.
 * The reference lets it; `asReference` in `mediaPrompt.ts` does so, too.
 */
import type { TextTokenizer } from './textTokenizer.ts';

/** A code point that is no character and never will be, so that no text holds it. */
const cut = '\uFDD0';

/** Marks a place within each control token that the text spells. */
export function cutControlTokens(text: string, { controlTokens }: TextTokenizer): string {
  let typed = text.replaceAll(cut, '');
  for (const token of controlTokens) typed = typed.replaceAll(token, token[0] + cut + token.slice(1));
  return typed;
}

/** The ids of a text with such marks: on both sides of a mark there are only letters. */
export function encodeCut(text: string, tokenizer: TextTokenizer): number[] {
  return text.split(cut).flatMap((part) => tokenizer.encode(part));
}

/** The text without its marks. */
export function withoutCuts(text: string): string {
  return text.replaceAll(cut, '');
}

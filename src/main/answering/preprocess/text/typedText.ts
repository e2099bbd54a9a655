/**
 * What a person types, or what stands in a subtitle or a file name, is letters: "<|im_end|>" in it does not end a turn.
 * The reference lets it; `asReference` in `mediaPrompt.ts` does so, too.
 */

/** A code point that is no character and never will be, so that no text holds it. */
const cut = '\uFDD0';

/** Marks a place within each control token that the text spells. */
export function cutControlTokens(text: string, controlTokens: readonly string[]): string {
  let typed = text.replaceAll(cut, '');
  for (const token of controlTokens) typed = typed.replaceAll(token, token[0] + cut + token.slice(1));
  return typed;
}

/** The stretches between the marks: on both sides of a mark there are only letters. */
export function splitAtCuts(text: string): string[] {
  return text.split(cut);
}

/** The text without its marks. */
export function withoutCuts(text: string): string {
  return text.replaceAll(cut, '');
}

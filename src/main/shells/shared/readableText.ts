/** Whether a text is what it looks like: no sign in it is unseen, ends a line or turns the order of writing. */

/**
 * Counted as seen are signs that join what is seen: the parts of an emoji ("👩‍👧"), and the letters of scripts that need
 * them (Persian, Hindi and their neighbours).
 */
export function isReadable(text: string): boolean {
  return !unseen.test(text.replace(emoji, '').replace(joiner, ''));
}

const picture = String.raw`\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?`;
const flag = String.raw`\u{1f3f4}[\u{e0061}-\u{e007a}]{2,8}\u{e007f}`;
const emoji = new RegExp(String.raw`${flag}|[0-9#*]\ufe0f\u20e3|${picture}(?:\u200d${picture})*`, 'gu');
const scripts = 'Arabic Syriac Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer';
const letter = `[${scripts.replace(/\w+/g, '\\p{Script=$&}').replaceAll(' ', '')}]`;
const joiner = new RegExp(`(?<=${letter})[\u200c\u200d](?=${letter})`, 'gu');
/** Control characters, line ends, halves of a sign, and all that Unicode lets a program show as nothing. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;

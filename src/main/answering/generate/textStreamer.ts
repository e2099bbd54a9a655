/**
 * Token ids to text, as they come. A character whose bytes are spread over several tokens is held back until it is
 * whole, so that nothing ever shows half a character.
 *
 * As in Hugging Face's text-generation-inference (`decode_token`): the new text is what the newest tokens add to the
 * text of a few tokens before them, since a token's text can depend on its neighbour (a leading space, joined bytes).
 */
export interface TextStreamer {
  /** The text that this token completes; empty while a character is incomplete. */
  push(tokenId: number): string;
  /** What was still held back, at the end. */
  flush(): string;
}

const REPLACEMENT = '\ufffd';

export function createTextStreamer(decode: (tokenIds: number[]) => string): TextStreamer {
  const ids: number[] = [];
  let contextStart = 0; // ids from here to `shown` are context for decoding
  let shown = 0; // ids before this have been given out as text

  const take = (text: string, contextText: string): string => {
    contextStart = shown;
    shown = ids.length;
    return text.slice(contextText.length);
  };
  const decodeWindow = () => ({
    text: decode(ids.slice(contextStart)),
    contextText: decode(ids.slice(contextStart, shown)),
  });

  return {
    push(tokenId) {
      ids.push(tokenId);
      const { text, contextText } = decodeWindow();
      // An incomplete character decodes to U+FFFD; a shorter text means that the tokens melt into the context.
      if (text.endsWith(REPLACEMENT) || text.length <= contextText.length) return '';
      return take(text, contextText);
    },
    flush() {
      if (shown === ids.length) return '';
      const { text, contextText } = decodeWindow();
      return take(text, contextText);
    },
  };
}

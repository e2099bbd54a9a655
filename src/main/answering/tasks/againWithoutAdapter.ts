/** What was read is gone with a graphics adapter: the clip is read again, as long as nobody has seen a word. */
import type { AnswerOptions } from '../../ports/modelHostApi.ts';
import { isAdapterLost } from '../model/deviceKvCache.ts';

export interface Hearing {
  /** The same options, which notice that a word was told. */
  options: AnswerOptions;
  /**
   * Whether the question may be put once more after this failure: by then the model runs on the CPU. Where a part of the
   * answer was told already, it is lost.
   */
  mayAskAgain(thrown: unknown): boolean;
}

export function noticeWords(options: AnswerOptions): Hearing {
  let isTold = false;
  const onText = (text: string) => {
    isTold = true;
    options.onText?.(text);
  };
  return { options: { ...options, onText }, mayAskAgain: (thrown) => !isTold && isAdapterLost(thrown) };
}

/** What was read is gone with a graphics adapter: the clip is read again, as long as nobody has seen a word. */
import type { AnswerOptions } from '../../ports/modelHostApi.ts';
import { isAdapterLost } from '../model/deviceKvCache.ts';

/**
 * @param answer by now the model runs on the CPU, where its provider failed
 * @throws PlayheadError `provider-unavailable` where a part of the answer was told already: it is lost
 */
export async function againWithoutAdapter<T>(
  options: AnswerOptions | undefined,
  answer: (options: AnswerOptions) => Promise<T>,
): Promise<T> {
  let isTold = false;
  const onText = (text: string) => {
    isTold = true;
    options?.onText?.(text);
  };
  const listening = { ...options, onText };
  return answer(listening).catch((thrown: unknown) => {
    if (isTold || !isAdapterLost(thrown)) throw thrown;
    return answer(listening);
  });
}

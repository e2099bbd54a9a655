/**
 * A helper that was ended from outside (by the system, for want of memory) takes nothing away from what is being made:
 * it is started anew, and the step is done again. A step that brings it down every time is given up.
 */
import { toErrorInfo } from '../../contract/index.ts';

const mostTries = 3;

/** @throws what `work` threw last */
export async function againAfterCrash<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (thrown) {
      const isCrash = toErrorInfo(thrown).code === 'model-crashed';
      if (!isCrash || tries === mostTries || signal.aborted) throw thrown;
    }
  }
}

/** An index that was lost is built anew; the person's words were never in it. */
import type { EngineContext } from './engineContext.ts';
import type { IndexPayload } from './indexFile.ts';
import { stepsBehind } from './scan/indexOrder.ts';

/** Queues every file that waits to be indexed and has no job, whenever and by whom the loss was noticed. */
export async function indexForgottenFiles({ library, queue }: EngineContext): Promise<void> {
  for (const { id, path, fileName, sizeBytes, isSample } of await library.listForgottenFiles()) {
    const payload: IndexPayload = { path };
    const givesWay = stepsBehind(sizeBytes, isSample);
    await queue().enqueue({ kind: 'index', title: fileName, mediaId: id, payload, givesWay });
  }
}

/**
 * What has to be read of a whole file before its scenes are looked for. Done by halves it is worth nothing, so it goes
 * on behind a job that gives way, and is there when the job is taken up again.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { cancelled } from '../../../contract/index.ts';
import { unlessAborted } from '../../channel/unlessAborted.ts';
import { ignore } from '../../log/log.ts';
import type { OpenedMedia } from '../../media/openMedia.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';

/** Milliseconds between two looks at who waits. */
const LOOK_EVERY_MS = 2000;
/** Files that are read whole beside the one whose turn it is. */
const AT_ONCE = 2;

interface Survey {
  done: Promise<void>;
  stop: AbortController;
}

export class Surveys {
  readonly #begun = new Map<string, Survey>();
  readonly #lookEveryMs: number;

  constructor(lookEveryMs = LOOK_EVERY_MS) {
    this.#lookEveryMs = lookEveryMs;
  }

  /**
   * Resolves when the file has been read.
   * @throws what `giveWay` throws, and then reading goes on; what `signal` was aborted with, and then it ends; as `openMedia`
   */
  async finish(
    media: Pick<OpenedMedia, 'path' | 'survey'>,
    { signal, giveWay }: Pick<JobAttempt, 'signal' | 'giveWay'>,
  ): Promise<void> {
    const { done, stop } = this.#begun.get(media.path) ?? this.#begin(media);
    const isDone = unlessAborted(
      done.then(() => true),
      signal,
      () => stop.abort(cancelled(media.path)),
    );
    while (!(await Promise.race([isDone, this.#nextLook()]))) {
      if (this.#begun.size <= AT_ONCE) await giveWay();
    }
  }

  /** Ends what is under way. */
  close(): void {
    for (const [path, { stop }] of this.#begun) stop.abort(cancelled(path));
  }

  #begin(media: Pick<OpenedMedia, 'path' | 'survey'>): Survey {
    const stop = new AbortController();
    const done = media.survey({ signal: stop.signal }).finally(() => this.#begun.delete(media.path));
    // A job that gave way hears of a failure when it is taken up again and reads anew.
    done.catch(ignore('a file could not be read whole behind others', { file: media.path }));
    const survey = { done, stop };
    this.#begun.set(media.path, survey);
    return survey;
  }

  #nextLook(): Promise<false> {
    return wait(this.#lookEveryMs, false, { ref: false });
  }
}

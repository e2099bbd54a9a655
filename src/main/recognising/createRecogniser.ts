/** The recognisers as one service: models loaded once, requests one after the other. */
import PQueue from 'p-queue';
import { toErrorInfo } from '../../contract/index.ts';
import type { RecogniserHostApi } from '../ports/recogniserHostApi.ts';
import { graphFolder as defaultGraphFolder } from './modelFiles.ts';
import type { Recogniser } from './recogniser.ts';
import { recognisers as all } from './recognisers.ts';
import { type Loaded, recogniseSegment } from './recogniseSegment.ts';

export interface RecogniserOptions {
  /** Left out, every one of the list. */
  recognisers?: readonly Recogniser[];
  /** Other folders for the weights, by the recogniser's source. */
  folders?: Readonly<Record<string, string>>;
  /** Where converted graphs are kept; left out, the system's cache for Playhead. */
  graphFolder?: string;
  threads?: number;
}

export interface RecogniserService extends Pick<RecogniserHostApi, 'recognise'> {
  /** Waits for what runs and gives the models' memory back. */
  release(): Promise<void>;
}

interface LoadedAll {
  loaded: Loaded[];
  notices: string[];
}

/** Loads nothing yet: the models are opened by the first request. */
export function createRecogniser(options: RecogniserOptions = {}): RecogniserService {
  const queue = new PQueue({ concurrency: 1 });
  let loading: Promise<LoadedAll> | null = null;
  const load = () => (loading ??= loadAll(options));

  return {
    recognise: (input, { signal } = {}) =>
      queue.add(async () => {
        const { loaded, notices } = await load();
        const output = await recogniseSegment(loaded, input, signal);
        return { ...output, notices: [...notices, ...output.notices] };
      }),
    async release() {
      await queue.onIdle();
      const opened = await loading;
      loading = null;
      await Promise.all((opened?.loaded ?? []).map((one) => one.opened.release()));
    },
  };
}

/** What cannot be loaded is left out and said in `notices`; the others go on. */
async function loadAll(options: RecogniserOptions): Promise<LoadedAll> {
  const { recognisers = all, folders = {}, graphFolder = defaultGraphFolder(), threads = 1 } = options;
  const loaded: Loaded[] = [];
  const notices: string[] = [];
  for (const recogniser of recognisers) {
    try {
      const opened = await recogniser.open({ folder: folders[recogniser.source], graphFolder, threads });
      loaded.push({ recogniser, opened });
    } catch (thrown) {
      const { message, hint } = toErrorInfo(thrown);
      notices.push(`${recogniser.lacking}: ${message}${hint ? ` ${hint}` : ''}`);
    }
  }
  return { loaded, notices };
}

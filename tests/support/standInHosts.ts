/**
 * Stands in for the helper processes where a test is about files, jobs or the library: the same calls over the same
 * channel, answered at once and in this process. What a model says is tested with models.
 */
import { MessageChannel } from 'node:worker_threads';
import type { Provenance } from '../../src/contract/index.ts';
import type { HostName, HostProcess, SpawnHost } from '../../src/main/channel/hostProcess.ts';
import { messagePort } from '../../src/main/channel/messagePort.ts';
import { serve } from '../../src/main/channel/serve.ts';
import type { AnswerInput, ModelHostApi } from '../../src/main/ports/modelHostApi.ts';
import type { RecogniserHostApi } from '../../src/main/ports/recogniserHostApi.ts';

/** @param answers what differs from the plain stand-in, call by call */
export function standInHosts(answers: Partial<ModelHostApi & RecogniserHostApi> = {}): SpawnHost {
  return (name) => startHost({ ...apis[name], ...answers });
}

function startHost(api: object): HostProcess {
  const { port1, port2 } = new MessageChannel();
  serve(messagePort(port2), api);
  const listeners: ((code: number | null) => void)[] = [];
  return {
    ...messagePort(port1),
    pid: undefined,
    onExit: (listener) => void listeners.push(listener),
    kill() {
      port1.close();
      for (const listener of listeners.splice(0)) listener(null);
    },
  };
}

const modelHost: ModelHostApi = {
  loadModel: async () => ({
    ...{ name: 'stand-in', provider: 'cpu', modalities: ['video', 'audio', 'av'] },
    ...{ parts: [], plan: null, notices: [], loadSeconds: 0 },
  }),
  readQuestion: async (question) => ({ isInDomain: true, unknownWords: [], kind: 'any', asked: question }),
  async answer({ clip, question }: AnswerInput, { onText } = {}) {
    const text = `You asked: ${question}`;
    onText?.(text);
    return { text, provenance: provenanceOf(clip.segment) };
  },
  caption: async ({ clip }) => ({ text: 'A clip.', provenance: provenanceOf(clip.segment) }),
  loadEmbedder: async () => null,
  embedClip: () => Promise.reject(new Error('the stand-in has no embedder')),
  embedText: () => Promise.reject(new Error('the stand-in has no embedder')),
  memory: async () => ({ residentBytes: 0, peakResidentBytes: 0 }),
};

const recogniserHost: RecogniserHostApi = {
  recognise: async () => ({ found: [], timings: [], notices: [] }),
  readMeanings: async ({ texts }) => texts.map(() => null),
};

const apis: Record<HostName, object> = { modelHost, recogniserHost, importHost: {} };

function provenanceOf(segment: Provenance['segment']): Provenance {
  return {
    ...{ model: 'stand-in', provider: 'cpu', modality: 'av', segment, frames: 1, audioSeconds: 0 },
    ...{ promptTokens: 1, newTokens: 1, timings: [], stopReason: 'eos' },
  };
}

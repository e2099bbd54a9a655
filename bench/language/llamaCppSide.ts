/**
 * llama.cpp with a GGUF file: `llamaCppSide.ts <file> <peers folder> <threads> <longest passage>`, started by side.ts.
 * Batches of 512 and flash attention "auto" are llama.cpp's own defaults; weights are repacked for the processor.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { secondsOf } from '../repeat.ts';
import { type Passage, type Reading, serveSide } from './side.ts';

/** What is used of node-llama-cpp, which is installed only in the peers' folder. */
interface NodeLlamaCpp {
  getLlama(options: object): Promise<{ loadModel(options: object): Promise<LlamaModel> }>;
}
interface LlamaModel {
  fileInfo: { metadata: { qwen2: { block_count: number; embedding_length: number; attention: AttentionSizes } } };
  createContext(options: object): Promise<{ getSequence(): LlamaSequence }>;
}
interface AttentionSizes {
  head_count: number;
  head_count_kv: number;
}
interface LlamaSequence {
  /** Reads the tokens and then gives one greedy token after the other. */
  evaluate(tokens: number[]): AsyncGenerator<number, void>;
  clearHistory(): Promise<void>;
}

const halfBytes = 2; // keys and values are fp16

await serveSide(async () => {
  const [file, peersFolder, threads, longest] = process.argv.slice(2) as [string, string, string, string];
  const entry = createRequire(join(peersFolder, 'package.json')).resolve('node-llama-cpp');
  const { getLlama }: NodeLlamaCpp = await import(pathToFileURL(entry).href);
  const logLevel = process.env.LLAMA_LOG ?? 'error';
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, logLevel });
  const model = await llama.loadModel({ modelPath: file, gpuLayers: 0 });
  const context = await model.createContext({
    contextSize: Number(longest),
    batchSize: 512,
    threads: { ideal: Number(threads), min: Number(threads) },
    flashAttention: 'auto',
  });
  const sequence = context.getSequence();
  const { block_count, embedding_length, attention } = model.fileInfo.metadata.qwen2;
  const kvSize = (embedding_length / attention.head_count) * attention.head_count_kv;

  return async ({ prompt, tokens }: Passage): Promise<Reading> => {
    await sequence.clearHistory();
    const generated = sequence.evaluate(prompt);
    const prefillSeconds = await secondsOf(() => generated.next());
    const all = await secondsOf(async () => {
      for (let i = 0; i < tokens; i++) await generated.next();
    });
    await generated.return();
    const cacheBytes = (prompt.length + tokens / 2) * block_count * 2 * kvSize * halfBytes;
    return { prefillSeconds, stepSeconds: all / tokens, cacheBytes };
  };
});

/** The plan for a VideoLLaMA 2 checkpoint: five graphs, the token embeddings, the tokenizer's files. */
import type { AudioPreprocessing, VideoLlamaManifest } from '../models/bundleManifest.ts';
import { videoTokens } from '../models/videoTokens.ts';
import { checkTokenizer, copiesOf, tokenizerFiles } from './checkpoint/tokenizerFiles.ts';
import { readVideoLlamaConfig, type VideoLlamaConfig } from './checkpoint/videoLlamaConfig.ts';
import { resolveVisionTower } from './checkpoint/visionTowers.ts';
import { audioProjectorGraph } from './networks/audioProjector.ts';
import { beatsGraph, melBins } from './networks/beats.ts';
import { connectorGraph } from './networks/connectorGraph.ts';
import { decoderGraph } from './networks/decoder.ts';
import { visionGraph } from './networks/visionGraph.ts';
import { type ImportPlan, type PlanInput, plannedBytes, plannedGraph } from './plan.ts';
import { mistralSystemMessage } from './systemMessage.ts';

const embeddingsFile = 'token_embeddings.bin';

/** Source: VideoLLaMA2 `model/beats` and its fbank; Kaldi's framing. */
const audioPreprocessing: AudioPreprocessing = {
  sampleRate: 16_000,
  melBins,
  frameLengthMs: 25,
  frameShiftMs: 10,
  mean: 15.41663,
  std: 6.55582,
  roundToBf16: true,
};

/** Null when config.json or the vision tower cannot be used; the reasons are in `problems` then. */
export async function planVideoLlama({
  folder,
  weights,
  problems,
  formats,
  about,
  limits,
}: PlanInput): Promise<ImportPlan | null> {
  const config = await readVideoLlamaConfig(folder, problems);
  const tower = config && (await resolveVisionTower(folder, config.visionTower, problems));
  if (!config || !tower) return null;
  const { language, numFrames, connectorType } = config;
  const { vision } = tower;
  if (config.visionWidth !== vision.width)
    problems.add(`config.json: mm_hidden_size is ${config.visionWidth}, the vision tower's width ${vision.width}`);

  if (config.selectLayer < -1 - vision.layers || config.selectLayer > vision.layers)
    problems.add(
      `config.json: mm_vision_select_layer is ${config.selectLayer}, and the vision tower has ${vision.layers} layers`,
    );

  const grid = Math.floor(vision.imageSize / vision.patchSize);
  const sizes = { inSize: vision.width, outSize: language.hiddenSize, grid };
  const graphs = {
    vision: plannedGraph('vision', visionGraph(weights, vision, config.selectLayer, formats.of('vision'))),
    connector: plannedGraph('connector', connectorGraph(weights, connectorType, sizes, formats.of('connector'))),
    decoder: plannedGraph(
      'decoder',
      decoderGraph(
        weights,
        language,
        { attentionWindow: config.attentionWindow, kvCache: formats.kvCache },
        formats.of('decoder'),
      ),
    ),
    audio: config.audio && plannedGraph('audio', beatsGraph(weights, config.audio.sizes, formats.of('audio'))),
    audioProjector:
      config.audio &&
      plannedGraph(
        'audio_projector',
        audioProjectorGraph(weights, config.audio.sizes.width, language.hiddenSize, formats.of('audioProjector')),
      ),
  };
  await checkTokenizer(folder, problems);
  const { vocabSize, hiddenSize } = language;
  const embeddings = weights.get('model.embed_tokens.weight', [vocabSize, hiddenSize]);
  const list = Object.values(graphs).filter((graph) => graph !== null);
  const dtype = formats.tokenEmbeddings;
  return {
    graphs: list,
    tables: [{ file: embeddingsFile, weight: embeddings, dtype }],
    copies: await copiesOf(folder, tokenizerFiles, problems),
    bytes: plannedBytes(list) + vocabSize * hiddenSize * (dtype === 'f32' ? 4 : 2),
    manifest: (files): VideoLlamaManifest => ({
      formatVersion: 2,
      kind: 'videollama2',
      ...about,
      architecture: {
        language,
        vision,
        connector: {
          type: connectorType,
          inputSize: sizes.inSize,
          outputSize: sizes.outSize,
          videoTokens: videoTokens(connectorType, numFrames, grid),
        },
        numFrames,
        audio: config.audio && audioArchitecture(config.audio),
      },
      ...limits,
      modalities: config.audio ? ['video', 'audio', 'av'] : ['video'],
      systemMessage: language.family === 'qwen2' ? null : mistralSystemMessage,
      preprocessing: { vision: tower.preprocessing, audio: config.audio && audioPreprocessing },
      graphs: {
        vision: graphs.vision.entry,
        connector: graphs.connector.entry,
        decoder: { ...graphs.decoder.entry, kvCache: formats.kvCache },
        audio: graphs.audio?.entry ?? null,
        audioProjector: graphs.audioProjector?.entry ?? null,
      },
      tokenEmbeddings: { file: embeddingsFile, dtype, rows: vocabSize, columns: hiddenSize },
      files,
    }),
  };
}

function audioArchitecture({ sizes, windowSeconds }: NonNullable<VideoLlamaConfig['audio']>) {
  const { sampleRate, frameLengthMs, frameShiftMs } = audioPreprocessing;
  const [frameLength, frameShift] = [frameLengthMs, frameShiftMs].map((ms) => (ms * sampleRate) / 1000) as [
    number,
    number,
  ];
  const frames = 1 + Math.floor((Math.round(windowSeconds * sampleRate) - frameLength) / frameShift);
  const { patchSize, width, intermediateSize, layers, heads } = sizes;
  return {
    family: 'beats' as const,
    windowSeconds,
    patchSize,
    width,
    intermediateSize,
    layers,
    heads,
    tokens: Math.floor(frames / patchSize) * Math.floor(melBins / patchSize),
  };
}

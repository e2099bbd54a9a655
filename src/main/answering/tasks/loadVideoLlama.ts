import { join } from 'node:path';
import { type DevicePlan, describeMemory, isTooLarge } from '../../../contract/device.ts';
import { PlayheadError } from '../../../contract/errors.ts';
import { describeParts, type PartPlacement } from '../../../contract/parts.ts';
import type { VideoLlamaManifest } from '../../models/bundleManifest.ts';
import { requireKind } from '../../models/kinds/bundleKinds.ts';
import { verifyBundle } from '../../models/verifyBundle.ts';
import type { LoadModelInput } from '../../ports/modelHostApi.ts';
import { LARGEST_TEXT_FILE, readRegularFile } from '../../ports/regularFile.ts';
import { type GenerationDefaults, readGenerationDefaults } from '../generate/settings.ts';
import { type AudioTower, openAudioTower } from '../model/audioTower.ts';
import { type Connector, openConnector } from '../model/connector.ts';
import { type LanguageModel, openLanguageModel } from '../model/decoder.ts';
import { DeviceFeatures } from '../model/deviceFeatures.ts';
import { type Domain, readDomain } from '../model/domain/domainFile.ts';
import { type Placements, placeParts } from '../model/look/placements.ts';
import { openTogether } from '../model/openTogether.ts';
import { type QuestionWords, readQuestionWords } from '../model/questions/questionsFile.ts';
import { openVisionTower, type VisionTower } from '../model/visionTower.ts';
import { type ChatTemplate, loadChatTemplate } from '../preprocess/text/chatTemplate.ts';
import { tokenizeMediaPrompt } from '../preprocess/text/mediaPrompt.ts';
import { loadTextTokenizer, type TextTokenizer } from '../preprocess/text/textTokenizer.ts';
import { lookAtParts } from './lookAtParts.ts';
import { lookAtVideoLlama } from './lookAtVideoLlama.ts';

/** Asked of a clip when a provider is compared with the CPU. */
const lookedAt = 'What happens in the video, and what is heard?';

/** A bundle, opened: every network of the diagram and the text around it. */
export interface VideoLlama {
  manifest: VideoLlamaManifest;
  tokenizer: TextTokenizer;
  chatTemplate: ChatTemplate;
  visionTower: VisionTower;
  connector: Connector;
  /** Null for a model that only sees. */
  audioTower: AudioTower | null;
  languageModel: LanguageModel;
  /** Between networks that run on the adapter; null where the language model does not, or features are needed here. */
  deviceFeatures: DeviceFeatures | null;
  /** Null for a model that is not bounded to a world of its own. */
  domain: Domain | null;
  /** The words that such a model can be asked in; null for one that may be asked anything. */
  questions: QuestionWords | null;
  generationDefaults: GenerationDefaults;
  /** The providers in use now: "cpu", or "webgpu + cpu" where a network had to fall back. */
  provider(): string;
  /** The same, network by network, with what was found against a provider. */
  parts(): PartPlacement[];
  /** What was planned before they were opened; null where every provider is believed. */
  plan: DevicePlan | null;
  /** Providers that were tried and refused, in words; grows when one fails later. */
  notices: string[];
  close(): Promise<void>;
}

/**
 * Opens a bundle that is what its manifest says; every network gets the first provider that works for it.
 * @throws PlayheadError `model-missing`, `model-invalid`
 */
export async function loadVideoLlama(input: LoadModelInput): Promise<VideoLlama> {
  const { bundleFolder, providers, stampFolder } = input;
  const manifest = requireKind(await verifyBundle(bundleFolder, { stampFolder }), 'videollama2', bundleFolder);
  const notices: string[] = [];
  // Everything small first: what is wrong with it is told before a network takes its memory.
  const domain = await readDomain(bundleFolder, manifest);
  const questions = await readQuestionWords(bundleFolder, manifest);
  const tokenizer = await loadTextTokenizer(bundleFolder);
  const defaults = await generationDefaults(bundleFolder, manifest, tokenizer);
  const chatTemplate = await loadChatTemplate(bundleFolder, tokenizer);
  const { systemMessage } = manifest;
  const prompt = tokenizeMediaPrompt(tokenizer, chatTemplate, {
    modalToken: '<video>',
    question: lookedAt,
    systemMessage,
  });
  const trust = await lookAtParts(input, manifest, (judge, clip) =>
    lookAtVideoLlama({ bundleFolder, manifest, prompt }, judge, clip),
  );
  const { plan } = trust;
  if (plan && isTooLarge(plan.memory))
    notices.push(`This model needs ${describeMemory(plan.memory)}: it will be very slow here, or end.`);
  const { optionsOf, placementOf } = placeParts(providers, trust, notices);
  const networks = await openNetworks(bundleFolder, manifest, optionsOf).finally(trust.release);
  const { visionTower, connector, audioTower, languageModel } = networks;
  const parts = () => [
    placementOf('vision', visionTower.provider),
    placementOf('connector', connector.provider),
    ...(audioTower ? [placementOf('audio', audioTower.provider)] : []),
    ...(audioTower ? [placementOf('audioProjector', audioTower.projectorProvider)] : []),
    placementOf('decoder', languageModel.provider),
  ];
  notices.push(...describeParts(parts().filter(({ reason }) => reason !== null && !notices.includes(reason))));
  // What a bounded world is told by are the tower's features, on the host.
  const isThere = languageModel.provider !== 'cpu' && domain === null;
  const deviceFeatures = isThere ? new DeviceFeatures('webgpu') : null;
  const opened = [...Object.values(networks), deviceFeatures].filter((network) => network !== null);
  return {
    manifest,
    tokenizer,
    chatTemplate,
    ...{ ...networks, deviceFeatures },
    domain,
    questions,
    generationDefaults: defaults,
    provider: () => [...new Set(parts().map(({ provider }) => provider))].sort().reverse().join(' + '),
    parts,
    plan,
    notices,
    async close() {
      for (const network of opened) await network.close();
    },
  };
}

async function openNetworks(
  bundleFolder: string,
  manifest: VideoLlamaManifest,
  optionsOf: Placements['optionsOf'],
): Promise<Pick<VideoLlama, 'visionTower' | 'connector' | 'audioTower' | 'languageModel'>> {
  return openTogether({
    visionTower: () => openVisionTower(bundleFolder, manifest, optionsOf('vision')),
    connector: () => openConnector(bundleFolder, manifest, optionsOf('connector')),
    audioTower: () => openAudioTower(bundleFolder, manifest, optionsOf('audio'), optionsOf('audioProjector')),
    languageModel: () => openLanguageModel(bundleFolder, manifest, optionsOf('decoder')),
  });
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PlayheadError(
      {
        code: 'model-invalid',
        message: 'This file of the bundle is no JSON.',
        file,
        hint: 'Import the checkpoint again.',
      },
      { cause },
    );
  }
}

/**
 * generation_config.json where the bundle has one. Generation always ends at the tokens that the manifest names and,
 * as in the reference's `mm_infer`, at the tokenizer's own end of a sequence.
 */
async function generationDefaults(
  bundleFolder: string,
  manifest: VideoLlamaManifest,
  tokenizer: TextTokenizer,
): Promise<GenerationDefaults> {
  const file = join(bundleFolder, 'generation_config.json');
  const text = await readRegularFile(file, LARGEST_TEXT_FILE).then(String, (thrown: unknown) => {
    if (thrown instanceof PlayheadError) throw thrown;
    return '{}';
  });
  const defaults = readGenerationDefaults(parseJson(text, file));
  const named = [...(defaults.eosTokenIds ?? []), ...manifest.architecture.language.eosTokenIds];
  const own = tokenizer.encode(tokenizer.specialTokens.eos_token ?? '');
  return { ...defaults, eosTokenIds: [...new Set([...named, ...(own.length === 1 ? own : [])])] };
}

/** How full models answer, as the person set it: a setting of the library. */
import {
  type AnswerSettings,
  answerSettingsSchema,
  type GenerationOptions,
  type ModelSummary,
} from '../../contract/index.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';

type Settings = Pick<LibraryApi, 'getSetting' | 'setSetting'>;

const settingKey = 'answers.settings';
const asTheModelSays: AnswerSettings = { maxNewTokens: null, temperature: null, frames: null };

export async function readAnswerSettings(library: Pick<Settings, 'getSetting'>): Promise<AnswerSettings> {
  try {
    return answerSettingsSchema.parse(JSON.parse((await library.getSetting(settingKey)) ?? ''));
  } catch {
    return asTheModelSays; // never set, or damaged
  }
}

export async function changeAnswerSettings(
  library: Settings,
  change: Partial<AnswerSettings>,
): Promise<AnswerSettings> {
  const settings = { ...(await readAnswerSettings(library)), ...change };
  await library.setSetting(settingKey, JSON.stringify(settings));
  return settings;
}

/** What a question says itself goes before. The sample model knows its world by as many pictures as it was trained with. */
export async function withAnswerSettings(
  library: Pick<Settings, 'getSetting'>,
  { isSampleModel }: Pick<ModelSummary, 'isSampleModel'>,
  asked: GenerationOptions = {},
): Promise<GenerationOptions> {
  const { maxNewTokens, temperature, frames } = await readAnswerSettings(library);
  return {
    ...(maxNewTokens === null ? {} : { maxNewTokens }),
    ...(temperature === null ? {} : { temperature }),
    ...(frames === null || isSampleModel ? {} : { frames }),
    ...asked,
  };
}

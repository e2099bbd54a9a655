/** Which model is used for what, on what, and whether the machine has room for it. */
import type { DeviceChoice } from '../../contract/index.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import { DeviceSetting } from './deviceSetting.ts';
import type { EngineFolders } from './folders.ts';
import { checkMemory, usualFreeMemory } from './memoryCheck.ts';
import { ModelChoice } from './modelChoice.ts';
import { offerModels } from './offerModels.ts';
import { SearchChoice } from './searchChoice.ts';

/** What a start decides beforehand; see `EngineOptions`. */
interface Decided {
  modelFolder?: string;
  device?: DeviceChoice;
  freeMemory?: () => number;
}

export function chooseModels(options: Decided, library: LibraryApi, folders: EngineFolders) {
  const { modelFolder = null, freeMemory = usualFreeMemory } = options;
  const device = new DeviceSetting(library, options.device ?? null);
  const models = new ModelChoice(library, folders, modelFolder);
  const encoders = new SearchChoice(library, folders, models);
  const needs = { library, folders, device, models, encoders, freeMemory };
  const offers = async () => (await offerModels(needs)).offers;
  const check = (bundle: string, freed: number) => checkMemory({ ...needs, offers }, bundle, freed);
  return { device, models, encoders, checkMemory: check };
}

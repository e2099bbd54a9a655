import { join } from 'node:path';
import { formatBytes, paceInWords } from '../../../contract/index.ts';
import { verifyBundle } from '../../models/verifyBundle.ts';
import { answererPace, encoderPace } from '../modelPace.ts';
import { type DoctorNeeds, failure, fine, warning } from './finding.ts';

export const examineModel = [
  {
    id: 'model',
    name: 'Model in use',
    async look({ models, folders }: DoctorNeeds) {
      const model = await models.active();
      if (!model) return failure('There is none: captions and answers are off.', 'Get one under Models.');
      await verifyBundle(model.folder, { stampFolder: join(folders.library, 'cache', 'stamps') });
      const found = `${model.name}, ${formatBytes(model.sizeBytes)}, every file as its manifest says`;
      return model.isSampleModel
        ? warning(
            `${found}; it knows coloured shapes and simple sounds alone`,
            'Get a full model under Models to ask about your own footage.',
          )
        : fine(found);
    },
  },
  {
    id: 'pace',
    name: 'Speed',
    async look(needs: DoctorNeeds) {
      const model = await needs.models.active();
      const words = model ? paceInWords(await answererPace(needs, model)) : '';
      return fine(words ? `${words}, measured by using it` : 'not measured yet: ask the model something first');
    },
  },
  {
    id: 'search-model',
    name: 'Search by look',
    async look(needs: DoctorNeeds) {
      const chosen = await needs.encoders.active();
      if (!chosen) return fine('left to the model in use; a model for search alone can be chosen under Models');
      await verifyBundle(chosen.folder, { stampFolder: join(needs.folders.library, 'cache', 'stamps') });
      const words = paceInWords(await encoderPace(needs, chosen));
      return fine(`${chosen.name}, every file as its manifest says${words ? `; ${words}, measured` : ''}`);
    },
  },
  {
    id: 'models',
    name: 'Models here',
    look: async ({ models }: DoctorNeeds) => fine((await models.list()).map(({ name }) => name).join(', ') || 'none'),
  },
];

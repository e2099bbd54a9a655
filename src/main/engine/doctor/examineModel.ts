import { join } from 'node:path';
import { formatBytes } from '../../../contract/index.ts';
import { verifyBundle } from '../../models/verifyBundle.ts';
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
    id: 'models',
    name: 'Models here',
    look: async ({ models }: DoctorNeeds) => fine((await models.list()).map(({ name }) => name).join(', ') || 'none'),
  },
];

/** The sample model speaks as surely about footage that it does not know: the person is told. */
import { resolve, sep } from 'node:path';
import type { Engine } from '../core/createEngine.ts';
import { appFolder } from '../core/localEngine.ts';
import { note } from './output.ts';

const sampleModelNotice =
  'The sample model knows only the sample world (coloured shapes, simple sounds): what it says about this file is not to be trusted. Import a full model with `playhead import`.';

async function isOutOfItsWorld(engine: Engine, file: string): Promise<boolean> {
  const { model } = await engine.api.status({});
  return (model?.isSampleModel ?? false) && !resolve(file).startsWith(resolve(appFolder, 'resources', 'samples') + sep);
}

/** Says so on stderr and gives what it said, when the active model does not know footage like this file. */
export async function warnOutOfItsWorld(engine: Engine, file: string): Promise<string[]> {
  if (!(await isOutOfItsWorld(engine, file))) return [];
  note(sampleModelNotice);
  return [sampleModelNotice];
}

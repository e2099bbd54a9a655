/** What texts mean, by the encoder that ships with Playhead, in the recognisers' process. */
import { join } from 'node:path';
import type { EngineFolders } from './folders.ts';
import type { Hosts } from './hosts.ts';

export interface MeaningNeeds {
  hosts: Pick<Hosts, 'recogniser'>;
  folders: Pick<EngineFolders, 'resources'>;
}

/** Vectors of one space, of unit length; null for texts that cannot be read. @throws PlayheadError `model-invalid` */
export function meaningsOf(
  { hosts, folders }: MeaningNeeds,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<(number[] | null)[]> {
  return hosts.recogniser().readMeanings({ folder: join(folders.resources, 'text-meaning'), texts }, { signal });
}

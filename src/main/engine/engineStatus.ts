/** What the person should know about this installation: versions, places, and what is missing. */

import { type EngineStatus, toErrorInfo } from '../../contract/index.ts';
import { locateTools, oldToolNotice } from '../media/locateFfmpeg.ts';
import type { NetworkDoor } from '../network/networkDoor.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { EngineFolders } from './folders.ts';
import type { Hosts } from './hosts.ts';
import { noticesOfPlace } from './libraryPlace.ts';
import type { ModelChoice } from './modelChoice.ts';
import { answererPace, type PaceNeeds } from './modelPace.ts';
import { outsideProfileNotice } from './privateFiles.ts';
import type { SearchChoice } from './searchChoice.ts';
import type { StorageGate } from './storageGate.ts';

export interface StatusNeeds extends Pick<PaceNeeds, 'device'> {
  version: string;
  folders: Pick<EngineFolders, 'library'>;
  library: PaceNeeds['library'] & Pick<LibraryApi, 'health' | 'counts'>;
  models: Pick<ModelChoice, 'active'>;
  encoders: Pick<SearchChoice, 'active'>;
  hosts: Pick<Hosts, 'loaded' | 'parts'>;
  storage: Pick<StorageGate, 'trouble'>;
  door: Pick<NetworkDoor, 'report'>;
}

export async function engineStatus(needs: StatusNeeds): Promise<EngineStatus> {
  const notices: string[] = [];
  const model = await needs.models.active().catch((thrown: unknown) => {
    notices.push(toErrorInfo(thrown).message);
    return null;
  });
  if (!model) notices.push('There is no model: search by words works, captions and answers do not.');
  const tools = await locateTools();
  if (!tools.ffmpeg.found || !tools.ffprobe.found) {
    notices.push('ffmpeg was not found, so nothing can be indexed: install it, or install Playhead again.');
  }
  const oldTool = await oldToolNotice();
  if (oldTool) notices.push(oldTool);
  // Also where the library itself is lost: that is what the status then tells.
  notices.push(...(await needs.library.health().catch(() => ({ notices: [] }))).notices);
  const outside = outsideProfileNotice(needs.folders.library);
  if (outside) notices.push(outside);
  notices.push(...noticesOfPlace(needs.folders.library));
  const loaded = needs.hosts.loaded;
  notices.push(...(loaded?.notices ?? []));
  const counts = await needs.library.counts().catch(() => ({ media: 0, segments: 0 }));
  return {
    version: needs.version,
    libraryFolder: needs.folders.library,
    model,
    // A library that cannot be read just now says so elsewhere.
    pace: (await (model && answererPace(needs, model).catch(() => null))) ?? { firstWordSec: null, perHourSec: null },
    searchModel: await needs.encoders.active().catch(() => null),
    provider: loaded?.provider ?? null,
    parts: needs.hosts.parts,
    ffmpeg: tools.ffmpeg,
    ffprobe: tools.ffprobe,
    notices,
    trouble: needs.storage.trouble,
    mediaCount: counts.media,
    segmentCount: counts.segments,
    connections: connectionsOf(needs.door),
  };
}

/** Tries that reached nobody are none. */
function connectionsOf(door: StatusNeeds['door']): string[] {
  const { connections } = door.report();
  return connections.filter(({ times }) => times > 0).map(({ address }) => address);
}

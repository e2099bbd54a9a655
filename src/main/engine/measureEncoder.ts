/** How long a look of an encoder takes on this machine, before any file is read with it: twice at a clip that comes with Playhead. */
import { join } from 'node:path';
import type { SpeedNeeds } from './answering/lookSpeed.ts';
import type { EngineFolders } from './folders.ts';
import type { Hosts } from './hosts.ts';
import { indexPace } from './indexPace.ts';

export interface MeasureNeeds extends SpeedNeeds {
  hosts: Pick<Hosts, 'embedder'>;
  folders: Pick<EngineFolders, 'resources'>;
}

const clipName = 'bells-and-beeps.mp4';
const clip = { kind: 'video', hasAudio: true, segment: { startSec: 0, endSec: 3 } } as const;

/** What was measured already, by use, stays. */
export async function measureEncoder(needs: MeasureNeeds, folder: string): Promise<void> {
  const ready = await needs.hosts.embedder({ folder, isChosen: true });
  if (!ready) return;
  const pace = await indexPace(needs, 'looks', ready.embedder.name);
  if (pace.value !== null) return;
  const look = () => ready.api.embedClip({ ...clip, path: join(needs.folders.resources, 'samples', clipName) });
  await look(); // the first one makes what the others find made
  const start = performance.now();
  await look();
  pace.learn((performance.now() - start) / 1000);
  await pace.keep();
}

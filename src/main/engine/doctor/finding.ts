import type { DoctorState } from '../../../contract/index.ts';
import type { NetworkDoor } from '../../network/networkDoor.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { DeviceSetting } from '../deviceSetting.ts';
import type { EngineFolders } from '../folders.ts';
import type { Hosts } from '../hosts.ts';
import type { ModelChoice } from '../modelChoice.ts';
import type { PaceNeeds } from '../modelPace.ts';
import type { SearchChoice } from '../searchChoice.ts';
import type { StorageGate } from '../storageGate.ts';

export interface DoctorNeeds {
  version: string;
  device: DeviceSetting;
  folders: EngineFolders;
  library: PaceNeeds['library'] & Pick<LibraryApi, 'health' | 'counts'>;
  models: Pick<ModelChoice, 'active' | 'list'>;
  encoders: Pick<SearchChoice, 'active'>;
  hosts: Pick<Hosts, 'loaded' | 'plan'>;
  storage: Pick<StorageGate, 'trouble'>;
  door: Pick<NetworkDoor, 'report'>;
}

/** What a look found. */
export interface Finding {
  state: DoctorState;
  found: string;
  todo?: string;
}

export const fine = (found: string): Finding => ({ state: 'ok', found });
export const warning = (found: string, todo: string): Finding => ({ state: 'warning', found, todo });
export const failure = (found: string, todo: string): Finding => ({ state: 'failed', found, todo });

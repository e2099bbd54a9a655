import { arch, availableParallelism, cpus, freemem, platform, release, totalmem } from 'node:os';
import {
  type ConnectionRecord,
  describeMemory,
  describePlannedPart,
  formatBytes,
  isTooLarge,
} from '../../../contract/index.ts';
import { deviceReport } from '../deviceSetting.ts';
import { type DoctorNeeds, fine, warning } from './finding.ts';

/** Bytes: less than this is too little for the window, ffmpeg and the sample model side by side. */
const LEAST_MEMORY = 2e9;

export const examineMachine = [
  {
    id: 'versions',
    name: 'Versions',
    look({ version }: DoctorNeeds) {
      const { node, electron } = process.versions;
      const shell = electron ? `Electron ${electron}, ` : '';
      return fine(`Playhead ${version}, ${shell}Node ${node}, ${platform()} ${release()} ${arch()}`);
    },
  },
  {
    id: 'processor',
    name: 'Processor',
    look: () => fine(`${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} threads`),
  },
  {
    id: 'memory',
    name: 'Memory',
    look() {
      const found = `${formatBytes(totalmem())}, ${formatBytes(freemem())} unused`;
      return totalmem() < LEAST_MEMORY ? warning(found, 'Close other programs while Playhead indexes.') : fine(found);
    },
  },
  {
    id: 'devices',
    name: 'Devices',
    async look(needs: DoctorNeeds) {
      const { choice, plan, isLoaded } = await deviceReport(needs);
      const chosen = `chosen: ${choice}; adapter: ${plan?.adapter || 'none that the system names'}`;
      if (plan === null) return fine(`${chosen}; there is no model to plan for`);
      const before = isLoaded ? '' : 'before a model is opened: ';
      const found = `${chosen}; ${before}${plan.parts.map(describePlannedPart).join('; ')}; ${describeMemory(plan.memory)}`;
      if (isTooLarge(plan.memory))
        return warning(found, 'The model needs more memory than there is: choose a smaller one.');
      return plan.parts.some(({ isSetBack }) => isSetBack)
        ? warning(found, 'Some parts are left to the processor. A newer driver of the graphics card may help.')
        : fine(found);
    },
  },
  {
    id: 'network',
    name: 'Network',
    look({ door }: DoctorNeeds) {
      const { isOffline, connections } = door.report();
      const strange = connections.filter(({ purpose }) => purpose === null);
      const found = `${isOffline ? 'offline, as you switched it' : 'used only for what you start'}; ${noted(connections)}`;
      return strange.length === 0
        ? fine(found)
        : warning(
            `${found}, ${strange.length} of them by no part of Playhead: ${strange.map(({ address }) => address).join(', ')}`,
            'Switch Playhead offline under Connections, and report this.',
          );
    },
  },
];

/** "2 connections noted, 3 tries that reached nobody" */
function noted(connections: readonly Pick<ConnectionRecord, 'times' | 'unreachedTimes'>[]): string {
  const sum = (of: (each: (typeof connections)[number]) => number) =>
    connections.reduce((all, each) => all + of(each), 0);
  const [made, tries] = [sum(({ times }) => times), sum(({ unreachedTimes }) => unreachedTimes)];
  const told = made === 1 ? '1 connection noted' : `${made} connections noted`;
  return tries === 0 ? told : `${told}, ${tries} tries that reached nobody`;
}

import { arch, availableParallelism, cpus, freemem, platform, release, totalmem } from 'node:os';
import { describeParts, formatBytes } from '../../../contract/index.ts';
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
    look({ providers, hosts }: DoctorNeeds) {
      const asked = `asked for: ${providers.join(', ')}`;
      const { parts, loaded } = hosts;
      if (!loaded) return fine(`${asked}; no model is loaded yet, so no device has been looked at`);
      const left = parts.filter(({ reason }) => reason !== null);
      const found = `${asked}; ${describeParts(parts).join('; ')}`;
      return left.length === 0
        ? fine(found)
        : warning(found, 'These parts run on the processor. A newer driver of the graphics card may help.');
    },
  },
  {
    id: 'network',
    name: 'Network',
    look({ door }: DoctorNeeds) {
      const { isOffline, connections } = door.report();
      const strange = connections.filter(({ purpose }) => purpose === null);
      const found = `${isOffline ? 'offline, as you switched it' : 'used only for what you start'}; ${connections.length} connections noted`;
      return strange.length === 0
        ? fine(found)
        : warning(
            `${found}, ${strange.length} of them by no part of Playhead: ${strange.map(({ address }) => address).join(', ')}`,
            'Switch Playhead offline under Connections, and report this.',
          );
    },
  },
];

import { Option } from 'commander';
import { type ConnectionReport, timesInWords } from '../../../../contract/index.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';

interface ConnectionFlags extends CommandFlags {
  offline?: boolean;
  online?: boolean;
}

export const connectionsCommand: TerminalCommand = {
  signature: 'connections',
  description: 'every connection to another machine: to whom, what for, how much',
  options: [
    new Option('--offline', 'from now on refuse every connection').conflicts('online'),
    new Option('--online', 'allow those that you start again'),
    new Option('--json', 'print the list as JSON on stdout'),
    new Option('--library <folder>', 'the library whose list it is'),
  ],
  run: connections,
};

async function connections(flags: ConnectionFlags): Promise<number> {
  const isSwitched = flags.offline === true || flags.online === true;
  const report = await withEngine(flags, { runJobs: false }, ({ api }) =>
    isSwitched ? api.setOffline({ isOffline: flags.offline === true }) : api.connections({}),
  );
  if (flags.json) printJson(report);
  else printList(report);
  return 0;
}

function printList({ isOffline, connections }: ConnectionReport): void {
  print(isOffline ? 'Offline: every connection is refused.' : 'Online: for what you start, and nothing else.');
  if (connections.length === 0) print('No connection was made.');
  for (const each of connections) {
    const { address, purpose, lastAt, sentBytes, receivedBytes } = each;
    print(`${address}  ${purpose ?? 'asked for by no part of Playhead'}`);
    print(`  ${timesInWords(each)}, last ${lastAt}, sent ${sentBytes} bytes, received ${receivedBytes} bytes`);
  }
}

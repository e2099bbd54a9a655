/** The engine's state as named lines for the status dialog. */
import { describeParts, isPlaced } from '../../contract/parts.ts';
import type { EngineStatus, ToolStatus } from '../../contract/status.ts';
import { formatBytes } from '../../contract/wording.ts';
import { countOf } from './format.ts';

export interface StatusFact {
  id: string;
  name: string;
  value: string;
  detail: string;
}

export function statusFacts(status: EngineStatus): StatusFact[] {
  const { model } = status;
  return [
    fact('version', 'Version', status.version),
    fact(
      'model',
      'Model',
      model ? model.name : 'none',
      model ? `${model.architecture} · ${formatBytes(model.sizeBytes)} · ${model.licence}` : 'Import one: see Models.',
    ),
    fact(
      'provider',
      'Runs on',
      status.provider ?? 'not started',
      isPlaced(status.parts) ? describeParts(status.parts).join('\n') : '',
    ),
    toolFact('ffmpeg', status.ffmpeg),
    toolFact('ffprobe', status.ffprobe),
    fact(
      'library',
      'Library',
      status.libraryFolder,
      `${countOf(status.mediaCount, 'file')}, ${countOf(status.segmentCount, 'segment')}`,
    ),
    fact('connections', 'Connections made', status.connections.length === 0 ? 'none' : status.connections.join('\n')),
  ];
}

function toolFact(name: string, tool: ToolStatus): StatusFact {
  const value = tool.found
    ? [tool.version, tool.origin && `from ${tool.origin}`].filter(Boolean).join(', ')
    : 'not found';
  return fact(name, name, value, tool.path ?? '');
}

function fact(id: string, name: string, value: string, detail = ''): StatusFact {
  return { id, name, value, detail };
}

import type { EngineFlags } from '../shared/localEngine.ts';

/** What every command may be told. */
export interface CommandFlags extends EngineFlags {
  json?: boolean;
}

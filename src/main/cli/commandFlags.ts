import type { EngineFlags } from '../core/localEngine.ts';

/** What every command may be told. */
export interface CommandFlags extends EngineFlags {
  json?: boolean;
}

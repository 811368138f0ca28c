import type { VrrpScript } from '@holdfast/config';
import type { ScriptState } from '../logic/script.ts';

/** A tracked script as the dumps show it: what the file says of it, and how it fares. */
export interface DumpedScript {
  readonly config: VrrpScript;
  readonly state: ScriptState;
}

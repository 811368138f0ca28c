import { unreachable } from '@holdfast/kit';
import type { ScriptOutcome } from '../ipc.ts';
import type { CheckResult } from '../logic/types.ts';

/** Exit codes from here on set a weight with misc_dynamic: the code less this. */
const lowestDynamic = 2;

/**
 * MISC_CHECK: what the end of its program means; core runs it. Exit 0 is success and, with `misc_dynamic`, the
 * configured weight; 2 to 255 then set the weight to the code less 2.
 */
export function miscResult(outcome: ScriptOutcome, dynamic: boolean): CheckResult {
  switch (outcome.kind) {
    case 'exited': {
      const { status } = outcome;
      if (status === 0) return { kind: 'success' };
      if (dynamic && status >= lowestDynamic) return { kind: 'success', weight: status - lowestDynamic };
      return { kind: 'failure', reason: `exited with status ${status}` };
    }
    case 'killed':
      return { kind: 'failure', reason: `was ended by signal ${outcome.signal}` };
    case 'timed-out':
      return { kind: 'failure', reason: 'timed out' };
    case 'not-started':
      return { kind: 'local-error', reason: `could not be started: ${outcome.reason}` };
    default:
      return unreachable(outcome);
  }
}

import type { Micros } from '@holdfast/kit';
import type { LogRecord } from '../log/record.ts';
import { presentPlace } from '../system/held-addresses.ts';
import { decideRestart, type RestartDecision } from './decision.ts';
import { restartMessages as say } from './messages.ts';
import { takeRestartNote } from './note.ts';

/** What this start takes over of a predecessor that was stopped for a restart; the note is used up by it. */
export function inherit(
  path: string,
  configuration: string,
  now: Micros,
  log: (record: LogRecord) => void,
): RestartDecision {
  const decision = decideRestart(takeRestartNote(path), { place: presentPlace(), configuration, now });
  const masters = decision.instances.filter(({ phase }) => phase === 'master').map(({ name }) => name);
  switch (decision.outcome) {
    case 'nothing-left':
      break;
    case 'goes-on':
      log(say.goesOn(masters));
      break;
    case 'too-late':
      if (masters.length > 0) log(say.goesOn(masters));
      log(say.tooLate(decision.withdraw.map(({ name }) => name)));
      break;
    case 'other-configuration':
      log(say.otherConfiguration);
      break;
    default:
      return decision.outcome satisfies never;
  }
  return decision;
}

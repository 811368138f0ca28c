import type { Checker } from '../lvs-types.ts';
import { differences } from './differences.ts';
import { compared, type Planned, planned } from './planned.ts';

/**
 * The checkers of one real server: each of the running file goes on as at most one of the new one that looks at the
 * same thing, in the order of the new file.
 */
export function planCheckers(
  before: readonly Checker[],
  after: readonly Checker[],
  same: (a: Checker, b: Checker) => boolean,
): readonly Planned[] {
  const free = [...before];
  const next = after.map((checker) => {
    const at = free.findIndex((one) => same(one, checker));
    const [known] = at < 0 ? [] : free.splice(at, 1);
    return known === undefined ? comes(checker) : goesOn(known, checker);
  });
  return [...free.map((checker) => planned('checker', nameOf(checker), 'removed')), ...next];
}

/** One that is known to be the same. */
export const keptChecker = (checker: Checker): Planned => planned('checker', nameOf(checker), 'kept');

const comes = (checker: Checker): Planned =>
  planned('checker', nameOf(checker), 'added', {
    consequences: [
      {
        kind: 'continuity',
        text: 'on a server whose checks are all good it has all its attempts; elsewhere it has to succeed first',
      },
    ],
  });

function goesOn(before: Checker, after: Checker): Planned {
  const changes = differences(before, after);
  return compared('checker', nameOf(after), changes, {
    consequences:
      changes.length === 0
        ? []
        : [
            {
              kind: 'continuity',
              text: 'it goes on with what it has found; a shorter delay_loop counts at once',
            },
          ],
  });
}

const nameOf = (checker: Checker): string =>
  checker.kind === 'MISC_CHECK'
    ? `MISC_CHECK ${checker.command.argv.join(' ')}`
    : `${checker.kind} [${checker.target.address}]:${checker.target.port}`;

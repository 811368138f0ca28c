import type { Checker, RealServer, VirtualServer } from '../lvs-types.ts';
import { keptChecker, planCheckers } from './checkers.ts';
import { differences } from './differences.ts';
import { keywordNames } from './keyword-names.ts';
import { planParts } from './parts.ts';
import { type Consequence, compared, type Planned, planned } from './planned.ts';

const nameOf = keywordNames('virtual_server');

type Same = (a: Checker, b: Checker) => boolean;

/** `virtual_server`: known again by its key, real servers by address and port. */
export const planPools = (
  before: readonly VirtualServer[],
  after: readonly VirtualServer[],
  same: Same,
): readonly Planned[] =>
  planParts(
    before,
    after,
    ({ key }) => key,
    (old, next) => planPool(old, next, same),
  );

function planPool(
  before: VirtualServer | undefined,
  after: VirtualServer | undefined,
  same: Same,
): Planned | undefined {
  if (before === undefined) {
    if (after === undefined) return undefined;
    return planned('virtual_server', after.key, 'added', { parts: servers([], after.realServers, same) });
  }
  if (after === undefined)
    return planned('virtual_server', before.key, 'removed', {
      consequences: [{ kind: 'traffic', text: 'it goes from the kernel: its connections end' }],
    });
  if (isSame(before, after)) return keptPool(after);
  const changes = differences(before, after, nameOf, ['key', 'realServers']);
  return compared('virtual_server', after.key, changes, {
    consequences: quorum(before, after),
    parts: servers(before.realServers, after.realServers, same),
  });
}

/** What a reading found unchanged is the very same object; what a daemon told of itself is at least written the same. */
const isSame = (before: object, after: object): boolean =>
  before === after || JSON.stringify(before) === JSON.stringify(after);

const keptPool = (server: VirtualServer): Planned =>
  planned('virtual_server', server.key, 'kept', { parts: server.realServers.map(keptServer) });

const keptServer = (server: RealServer): Planned =>
  planned('real_server', server.key, 'kept', { parts: server.checkers.map(keptChecker) });

function quorum(before: VirtualServer, after: VirtualServer): readonly Consequence[] {
  if (before.quorum === after.quorum && before.hysteresis === after.hysteresis) return [];
  return [{ kind: 'traffic', text: 'it may gain or lose its quorum by that, and run what is to run then' }];
}

const servers = (
  before: readonly RealServer[],
  after: readonly RealServer[],
  same: Same,
): readonly Planned[] =>
  planParts(
    before,
    after,
    ({ key }) => key,
    (old, next) => planServer(old, next, same),
  );

function planServer(
  before: RealServer | undefined,
  after: RealServer | undefined,
  same: Same,
): Planned | undefined {
  if (before === undefined) {
    if (after === undefined) return undefined;
    const waits = after.checkers.some(({ pace }) => pace.alpha);
    const text = waits ? 'it serves when its checks have succeeded (alpha)' : 'it serves at once';
    return planned('real_server', after.key, 'added', {
      consequences: [{ kind: 'traffic', text }],
      parts: planCheckers([], after.checkers, same),
    });
  }
  if (after === undefined)
    return planned('real_server', before.key, 'removed', {
      consequences: [{ kind: 'traffic', text: 'it goes from the kernel: its connections end' }],
    });
  if (isSame(before, after)) return keptServer(after);
  const changes = differences(before, after, undefined, ['key', 'checkers']);
  return compared('real_server', after.key, changes, {
    parts: planCheckers(before.checkers, after.checkers, same),
  });
}

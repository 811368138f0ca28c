import type { Checker, RealServer, VirtualServer } from '@holdfast/config';
import { earlier, plus } from '@holdfast/kit';
import { chances, firstCheckAt, newChecker, realServerState } from './checker-state.ts';
import type { Context, Outcome } from './outcome.ts';
import { hasQuorum, quorumNotice } from './quorum.ts';
import { log } from './settle.ts';
import type {
  CheckerState,
  HealthEffect,
  RealServerState,
  SavedPool,
  ServerWish,
  VirtualServerState,
} from './types.ts';
import { withWishes } from './wishes.ts';

/**
 * The first event. Without a predecessor every server is in the pool but those with an alpha checker, and the quorum
 * is said as it is then. After one, all that it had reported goes on: a dead server stays out, and nothing that was
 * said is said again.
 */
export function start(
  context: Context,
  before: VirtualServerState,
  saved: SavedPool | undefined,
  chance: readonly number[],
  wishes: readonly ServerWish[],
): Outcome {
  const { config } = context;
  const next = chances(chance);
  const known = new Map(saved?.servers.map((server) => [server.key, server]));
  const begun = config.realServers.map((server) =>
    startServer(context, server, known.get(server.key) ?? (saved && nothingHeard), next),
  );
  const servers = withWishes(config, begun, wishes);
  const quorum = hasQuorum(config, servers, saved?.quorum) ? 'up' : 'down';
  const state: VirtualServerState = { ...before, quorum, servers };
  const notice = quorumNotice(config, state, saved?.quorum);
  return {
    state,
    effects: [
      { kind: 'activate', servers: config.realServers.filter(({ checkers }) => checkers.length > 0) },
      ...notice.logs.map(log),
      { kind: 'plan' },
      ...initialCalls(config, servers, known),
      ...notice.calls,
    ],
  };
}

/** keepalived.conf(5) `rs_init_notifies`: a server that nobody has heard of before, and that is in the pool at once. */
export const initialCalls = (
  config: VirtualServer,
  servers: readonly RealServerState[],
  known: ReadonlyMap<string, unknown>,
): readonly HealthEffect[] =>
  config.initialNotifies !== true
    ? []
    : config.realServers
        .filter(({ key }, i) => servers[i]?.alive === true && !known.has(key))
        .map((server) => ({ kind: 'notify', what: 'up', server }));

type SavedServer = SavedPool['servers'][number];

/** A server that a predecessor had nothing to report of was as it is at a start. */
const nothingHeard: Omit<SavedServer, 'key'> = { alive: true, checkers: [] };

function startServer(
  context: Context,
  config: RealServer,
  before: Omit<SavedServer, 'key'> | undefined,
  next: () => number,
): RealServerState {
  return realServerState(
    config,
    config.checkers.map((checker, i) =>
      before === undefined
        ? newChecker(checker, firstCheckAt(checker, context.now, next()))
        : resumeChecker(context, checker, before, i, next()),
    ),
  );
}

/** A server that was dead and whose checkers are not the same any more starts down: it has to prove itself. */
function resumeChecker(
  { now }: Context,
  checker: Checker,
  saved: Omit<SavedServer, 'key'>,
  index: number,
  chance: number,
): CheckerState {
  const { delayLoop, retry } = checker.pace;
  const nextAt = earlier(firstCheckAt(checker, now, chance), plus(now, delayLoop));
  const fresh = newChecker(checker, nextAt);
  const known = saved.checkers[index];
  if (known === undefined) return saved.alive ? fresh : { ...fresh, up: false };
  const { up, hasRun, failures, weightOffset, url = 0, polling = false } = known;
  const isThere = 'urls' in checker && url < checker.urls.length;
  const place = isThere ? { url, polling } : {};
  return { ...fresh, up, hasRun, failures: Math.min(failures, retry), weightOffset, ...place };
}

import { cancelAll } from './cancel.ts';
import { messages } from './messages.ts';
import type { Context, Outcome } from './outcome.ts';
import { log } from './settle.ts';
import type { HealthEffect, VirtualServerState } from './types.ts';

/**
 * The last event: at the daemon's end, or because the virtual server is not in the file any more. Whether the kernel
 * keeps its services is the worker's to decide. Scripts hear that everything is down when it was removed, and at the
 * daemon's end with `omega`.
 */
export function stop({ config }: Context, state: VirtualServerState, deleted: boolean): Outcome {
  const cancelled = cancelAll(state);
  const servers = cancelled.state.servers.map((server) => ({
    ...server,
    checkers: server.checkers.map((checker) => ({ ...checker, nextAt: undefined })),
  }));
  const alive = config.realServers.filter((_, i) => state.servers[i]?.alive);
  return {
    state: { ...cancelled.state, servers },
    effects: [
      ...cancelled.effects,
      ...(deleted ? [log(messages.virtualServerGone(config))] : []),
      ...(deleted ? alive : config.realServers).map((server) =>
        log(
          deleted
            ? messages.serverRemoved(config, server)
            : messages.serverShutDown(config, server, alive.includes(server)),
        ),
      ),
      ...(deleted || config.omega ? farewell() : []),
    ],
  };

  function farewell(): readonly HealthEffect[] {
    return [
      ...alive.map((server) => ({ kind: 'notify', what: 'down', server }) as const),
      ...(state.quorum === 'up' ? [{ kind: 'notify-quorum', what: 'down' } as const] : []),
    ];
  }
}

import { type Micros, micros, plus } from '@holdfast/kit';
import { cancelAll } from './cancel.ts';
import { messages } from './messages.ts';
import { type Context, type Outcome, unchanged } from './outcome.ts';
import { log } from './settle.ts';
import type { CheckerState, VirtualServerState } from './types.ts';

/**
 * keepalived.conf(5) `ha_suspend`: while the virtual server's address is on no interface here, nothing is checked and
 * everything stays as it was. Afterwards each checker goes on in its old rhythm.
 */
export function addressPresent(context: Context, state: VirtualServerState, present: boolean): Outcome {
  const { config } = context;
  const suspended = config.haSuspend && !present;
  if (suspended === state.suspended) return unchanged(state);
  const said = config.realServers
    .filter(({ checkers }) => checkers.length > 0)
    .map((server) =>
      log(suspended ? messages.suspending(config, server) : messages.activating(config, server)),
    );
  if (!suspended) return { state: { ...goesOn(context, state), suspended }, effects: said };
  const cancelled = cancelAll(state);
  return { state: { ...cancelled.state, suspended }, effects: [...cancelled.effects, ...said] };
}

function goesOn({ config, now }: Context, state: VirtualServerState): VirtualServerState {
  const servers = state.servers.map((server, s) => ({
    ...server,
    checkers: server.checkers.map((checker, c) => {
      const delayLoop = config.realServers[s]?.checkers[c]?.pace.delayLoop;
      return delayLoop === undefined ? checker : { ...checker, nextAt: inRhythm(checker, delayLoop, now) };
    }),
  }));
  return { ...state, servers };
}

/** The first of its times, one a `delay_loop`, that has not passed. */
function inRhythm({ nextAt }: CheckerState, delayLoop: Micros, now: Micros): Micros | undefined {
  if (nextAt === undefined || nextAt >= now) return nextAt;
  return plus(nextAt, micros(Math.ceil((now - nextAt) / delayLoop) * delayLoop));
}

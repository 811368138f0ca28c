import type { VirtualServer } from '@holdfast/config';
import { messages } from './messages.ts';
import { type Context, type Outcome, unchanged } from './outcome.ts';
import { log, settle } from './settle.ts';
import type { Override, RealServerState, ServerWish, VirtualServerState } from './types.ts';

/** An operator drains, disables, weighs or enables servers. The quorum follows their weights; their health is another matter. */
export function wishesChange(
  context: Context,
  state: VirtualServerState,
  wishes: readonly ServerWish[],
): Outcome {
  const { config } = context;
  const servers = withWishes(config, state.servers, wishes);
  const changes = config.realServers.flatMap((server, i) => {
    const [was, is] = [state.servers[i], servers[i]];
    return was === undefined || is === undefined || was === is ? [] : [{ config: server, was, is }];
  });
  if (changes.length === 0) return unchanged(state);
  const settled = settle(context, { ...state, servers }, changes);
  const said = changes.map(({ config: server, is }) => log(messages.overridden(config, server, is.override)));
  return { state: settled.state, effects: [...said, ...settled.effects] };
}

/** The servers as an operator wants them; one for which nothing changes is the very same. */
export function withWishes(
  { realServers }: VirtualServer,
  servers: readonly RealServerState[],
  wishes: readonly ServerWish[],
): readonly RealServerState[] {
  const wanted = new Map(wishes.map(({ server, override }) => [server, override]));
  return servers.map((server, i) => {
    const override = wanted.get(realServers[i]?.key ?? '');
    return isSame(server.override, override) ? server : { ...server, override };
  });
}

const isSame = (a: Override | undefined, b: Override | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

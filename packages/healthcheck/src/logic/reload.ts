import type { RealServer, VirtualServer } from '@holdfast/config';
import { cancel } from './cancel.ts';
import { chances } from './checker-state.ts';
import { messages } from './messages.ts';
import type { Context, Outcome } from './outcome.ts';
import { type KnownServer, reloadServer } from './reload-server.ts';
import { log, type ServerChange, settle } from './settle.ts';
import { initialCalls } from './start.ts';
import type { HealthEffect, RealServerState, VirtualServerState } from './types.ts';

/**
 * The same virtual server in a new file. Real servers are matched by address and port; what is unchanged keeps its
 * state, its times and its checks under way. The kernel is planned in any case.
 */
export function reload(
  context: Context,
  before: VirtualServerState,
  previous: VirtualServer,
  chance: readonly number[],
): Outcome {
  const { config } = context;
  const known = knownServers(previous, before);
  const next = chances(chance);
  const servers = config.realServers.map((server) =>
    reloadServer(context, server, known.get(server.key), next),
  );
  const changes = changesOf(config, servers, known);
  const suspended = config.haSuspend && before.suspended;
  const settled = settle(context, { ...before, servers, suspended }, changes);
  return {
    state: settled.state,
    effects: [
      ...abandoned(before, servers),
      ...farewells(config, known),
      ...config.realServers
        .filter(({ key, checkers }) => !known.has(key) && checkers.length > 0)
        .map((server) => log(messages.activating(config, server))),
      ...withPlan(settled.effects),
      ...initialCalls(config, servers, known),
    ],
  };
}

function knownServers(previous: VirtualServer, state: VirtualServerState): ReadonlyMap<string, KnownServer> {
  return new Map(
    previous.realServers.flatMap((config, i) => {
      const server = state.servers[i];
      return server === undefined ? [] : [[config.key, { config, state: server }] as const];
    }),
  );
}

const changesOf = (
  config: VirtualServer,
  servers: readonly RealServerState[],
  known: ReadonlyMap<string, KnownServer>,
): readonly ServerChange[] =>
  config.realServers.flatMap((server, i) => {
    const [was, is] = [known.get(server.key)?.state, servers[i]];
    return was === undefined || is === undefined ? [] : [{ config: server, was, is }];
  });

/** Checks under way of checkers that are not in the new file. */
function abandoned(before: VirtualServerState, servers: readonly RealServerState[]): readonly HealthEffect[] {
  const kept = new Set(servers.flatMap(({ checkers }) => checkers.map(({ running }) => running)));
  return before.servers
    .flatMap(({ checkers }) => checkers)
    .filter(({ running }) => !kept.has(running))
    .flatMap(cancel);
}

function farewells(config: VirtualServer, known: ReadonlyMap<string, KnownServer>): readonly HealthEffect[] {
  const stays = new Set(config.realServers.map(({ key }) => key));
  const gone = [...known.values()].filter((server) => !stays.has(server.config.key));
  const alive = gone.filter(({ state }) => state.alive);
  const notify = (server: RealServer): HealthEffect => ({ kind: 'notify', what: 'down', server });
  return [
    ...gone.map((server) => log(messages.serverGone(server.config))),
    ...alive.map((server) => log(messages.serverGoes(config, server.config))),
    ...alive.map((server) => notify(server.config)),
  ];
}

const withPlan = (effects: readonly HealthEffect[]): readonly HealthEffect[] =>
  effects.some(({ kind }) => kind === 'plan') ? effects : [...effects, { kind: 'plan' }];

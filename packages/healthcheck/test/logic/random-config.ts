import type { Checker, RealServer, VirtualServer } from '@holdfast/config';
import { address, type Random, seconds } from '@holdfast/kit';
import { miscCheck, realServer, sorry, tcpCheck, virtualServer } from './virtual-servers.ts';

/** Few servers and small numbers, so that quorum, hysteresis and the sorry server are met often. */
export function randomVirtualServer(random: Random): VirtualServer {
  const numbers = [1, 2, 3, 4].filter(() => random.chance(0.7));
  return judged(
    random,
    virtualServer({
      services: random.pick([
        [{ kind: 'address', address: address('10.9.0.100'), port: 80 }],
        [
          { kind: 'address', address: address('10.9.0.100'), port: 80 },
          { kind: 'address', address: address('10.9.0.101'), port: 80 },
        ],
        [{ kind: 'fwmark', family: 4, mark: 7 }],
      ] as const),
      omega: random.chance(0.5),
      realServers: (numbers.length === 0 ? [1] : numbers).map((n) => randomServer(random, n)),
    }),
  );
}

/** The same virtual server after an edit of its file. */
export function edited(random: Random, config: VirtualServer): VirtualServer {
  const { realServers } = config;
  const free = [1, 2, 3, 4, 5].filter((n) => realServers.every(({ key }) => key !== realServer(n).key));
  switch (random.whole(0, 5)) {
    case 0:
      return config;
    case 1:
      return judged(random, config);
    case 2:
      return free.length === 0
        ? config
        : { ...config, realServers: [randomServer(random, random.pick(free)), ...realServers] };
    case 3:
      return realServers.length === 1
        ? config
        : { ...config, realServers: realServers.toSpliced(random.whole(0, realServers.length - 1), 1) };
    case 4:
      return { ...config, realServers: realServers.toReversed() };
    default:
      return { ...config, realServers: realServers.map((server) => editedServer(random, server)) };
  }
}

function editedServer(random: Random, server: RealServer): RealServer {
  const checkers = random.chance(0.7)
    ? server.checkers
    : server.checkers.length === 0
      ? [randomTcp(random, 80)]
      : server.checkers.slice(1);
  return { ...server, checkers, weight: random.whole(0, 3), inhibitOnFailure: random.chance(0.3) };
}

function judged(random: Random, config: VirtualServer): VirtualServer {
  const quorum = random.whole(1, 4);
  return {
    ...config,
    quorum,
    // As large as the quorum is repaired at load, but what then holds is said all the same: nothing is no quorum.
    hysteresis: random.whole(0, quorum),
    sorryServer: random.chance(0.25) ? undefined : sorry(random.pick([9, 9, 1])),
    sorryServerInhibit: random.chance(0.3),
  };
}

const randomServer = (random: Random, n: number): RealServer =>
  realServer(n, {
    weight: random.whole(0, 3),
    inhibitOnFailure: random.chance(0.3),
    checkers: randomCheckers(random),
  });

function randomCheckers(random: Random): readonly Checker[] {
  const alpha = random.chance(0.3);
  const misc = miscCheck({ retry: random.whole(0, 1), alpha, delayLoop: seconds(random.whole(2, 6)) });
  return random.pick([
    [],
    [randomTcp(random, 80)],
    [randomTcp(random, 80)],
    [randomTcp(random, 80), randomTcp(random, 81)],
    [misc],
    [randomTcp(random, 80), misc],
  ]);
}

const randomTcp = (random: Random, port: number): Checker =>
  tcpCheck(
    { retry: random.whole(0, 2), alpha: random.chance(0.3), delayLoop: seconds(random.whole(2, 6)) },
    port,
  );

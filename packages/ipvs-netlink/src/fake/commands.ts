import { fail, ok } from '@holdfast/kit';
import { readAttributes } from '../codec/attributes.ts';
import { decodeTimeouts } from '../codec/config.ts';
import { command, top } from '../codec/constants.ts';
import type { IpvsRequest } from '../codec/request.ts';
import { daemonReply, informationReply, serverReply, serviceReply, timeoutsReply } from './replies.ts';
import { deleteServer, hasMixedServer, writeServer } from './server-commands.ts';
import { answered, deleteService, flush, getService, writeService, zero } from './service-commands.ts';
import { type FakeState, type Messages, poolOf, reportOf, serviceStatistics } from './state.ts';

type Handler = (state: FakeState, attributes: Uint8Array) => Messages;

/** Everything but dumps. */
export const perform = (state: FakeState, request: IpvsRequest): Messages => handle(plain, state, request);

/** Requests with NLM_F_DUMP. */
export const dump = (state: FakeState, request: IpvsRequest): Messages => handle(dumps, state, request);

function handle(handlers: ReadonlyMap<number, Handler>, state: FakeState, request: IpvsRequest): Messages {
  if (!state.isPrivileged) return fail('EPERM');
  const handler = handlers.get(request.command);
  return handler === undefined ? fail('EOPNOTSUPP') : handler(state, request.attributes);
}

const plain = new Map<number, Handler>([
  [command.newService, (state, attributes) => writeService(state, attributes, 'add-service')],
  [command.setService, (state, attributes) => writeService(state, attributes, 'set-service')],
  [command.deleteService, deleteService],
  [command.getService, getService],
  [command.newServer, (state, attributes) => writeServer(state, attributes, 'add-server')],
  [command.setServer, (state, attributes) => writeServer(state, attributes, 'set-server')],
  [command.deleteServer, deleteServer],
  [
    command.newDaemon,
    (state, attributes) => answered(state.daemons.start(attributes, hasMixedServer(state))),
  ],
  [command.deleteDaemon, (state, attributes) => answered(state.daemons.stop(attributes))],
  [command.setConfig, setTimeouts],
  [command.getConfig, (state) => ok([timeoutsReply(state.timeouts)])],
  [command.getInfo, () => ok([informationReply()])],
  [command.zero, zero],
  [command.flush, flush],
]);

/** The newest first, as the kernel tells them. The servers of an unknown service are none. */
const dumps = new Map<number, Handler>([
  [
    command.getService,
    (state) =>
      ok(
        [...state.draft.table.values()].map((pool) =>
          serviceReply(pool.service, serviceStatistics(state, pool)),
        ),
      ),
  ],
  [
    command.getServer,
    (state, attributes) => {
      const pool = poolOf(state, attributes);
      if (!pool.ok) return ok([]);
      const { service, servers } = pool.value;
      const newestFirst = [...servers.values()].toReversed();
      return ok(newestFirst.map((server) => serverReply(reportOf(state, service.key, server))));
    },
  ],
  [command.getDaemon, ({ daemons }) => ok([...daemons.running.values()].map(daemonReply))],
]);

/** 2^31 ticks of a kernel with 100 of them a second. */
const longestTimeout = 21_474_836;

/** Seconds; 0 leaves a timeout as it is. */
function setTimeouts(state: FakeState, attributes: Uint8Array): Messages {
  const given = readAttributes(attributes);
  const types = [top.timeoutTcp, top.timeoutTcpFin, top.timeoutUdp];
  if (types.some((type) => (given.get(type)?.length ?? 4) < 4)) return fail('ERANGE');
  const { tcp = 0, tcpFin = 0, udp = 0 } = decodeTimeouts(attributes);
  if ([tcp, tcpFin, udp].some((seconds) => seconds > longestTimeout)) return fail('EINVAL');
  const before = state.timeouts;
  state.timeouts = { tcp: tcp || before.tcp, tcpFin: tcpFin || before.tcpFin, udp: udp || before.udp };
  return ok([]);
}

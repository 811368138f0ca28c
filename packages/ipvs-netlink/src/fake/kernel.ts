import type { Answer, IpvsTransport } from '../client/transport.ts';
import { command } from '../codec/constants.ts';
import type { IpvsRequest } from '../codec/request.ts';
import { errnoNumber } from '../failure/errno.ts';
import { dump, perform } from './commands.ts';
import { counterId, type FakeState, fakeState, type Messages } from './state.ts';
import type { FakeKernel, FakeWorld } from './types.ts';

/** A kernel's IPVS without a kernel: every command, every errno that the compliance suite knows. */
export function fakeKernel(world: FakeWorld = {}): FakeKernel {
  const state = fakeState(world);
  return {
    table: state.draft.table,
    setPrivileged: (privileged) => {
      state.isPrivileged = privileged;
    },
    count: (service, server, values) => {
      state.counters.set(counterId(service, server), values);
    },
    connect: () => connect(state, world),
  };
}

/** Carries requests out at once, as the kernel does within send(). */
const connect = (state: FakeState, world: FakeWorld): IpvsTransport => ({
  capacity: world.capacity ?? 256,
  request: (requests) => {
    const last = requests.length - 1;
    return Promise.resolve(requests.map((request, place) => answer(state, world, request, place === last)));
  },
  dump: (request) => Promise.resolve(answerOf(dump(state, request))),
  close: () => undefined,
});

/** Silence says something only where an acknowledgement was asked for: by the last request, or for itself. */
function answer(state: FakeState, world: FakeWorld, request: IpvsRequest, isLast: boolean): Answer {
  const said = answerOf(perform(state, request));
  const isStop = request.command === command.deleteDaemon && said.errno === 0;
  const isAwaited = isLast || request.acknowledged === true;
  return isStop && isAwaited && world.stopsInSilence === true ? { errno: 'silent', messages: [] } : said;
}

const answerOf = (messages: Messages): Answer =>
  messages.ok ? { errno: 0, messages: messages.value } : { errno: errnoNumber(messages.error), messages: [] };

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
  capacity: world.capacity ?? 64,
  request: (requests) => Promise.resolve(requests.map((request) => answer(state, world, request))),
  dump: (request) => Promise.resolve(answerOf(dump(state, request))),
  close: () => undefined,
});

function answer(state: FakeState, world: FakeWorld, request: IpvsRequest): Answer {
  const said = answerOf(perform(state, request));
  const isStop = request.command === command.deleteDaemon && said.errno === 0;
  return isStop && world.stopsInSilence === true ? { errno: 'silent', messages: [] } : said;
}

const answerOf = (messages: Messages): Answer =>
  messages.ok ? { errno: 0, messages: messages.value } : { errno: errnoNumber(messages.error), messages: [] };

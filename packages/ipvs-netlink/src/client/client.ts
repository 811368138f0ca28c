import { fail, ok, type Result } from '@holdfast/kit';
import { readAttributes } from '../codec/attributes.ts';
import { decodeInformation, decodeTimeouts } from '../codec/config.ts';
import { top } from '../codec/constants.ts';
import { decodeDaemon } from '../codec/daemon.ts';
import { decodeServerReport, decodeServiceReport } from '../codec/report.ts';
import { changeRequest, type IpvsRequest, requests } from '../codec/request.ts';
import type { Undescribed } from '../codec/service.ts';
import { errnoNumber } from '../failure/errno.ts';
import { explain } from '../failure/explain.ts';
import type { Asked, IpvsFailure } from '../failure/types.ts';
import type { Change } from '../planner/types.ts';
import { familyOfService } from '../table/identity.ts';
import type { SyncRole } from '../table/reports.ts';
import { batches } from './batches.ts';
import { taskQueue } from './queue.ts';
import { readTable } from './read-table.ts';
import type { Answer, IpvsTransport } from './transport.ts';
import type { Ipvs } from './types.ts';

type Decoded<T> = Result<T, Undescribed>;

/** The table behind a transport. */
export function ipvsClient(transport: IpvsTransport): Ipvs {
  const queue = taskQueue();

  const ask = async <T>(
    asked: Asked,
    request: IpvsRequest,
    decode: (answer: Answer) => Decoded<T>,
  ): Promise<Result<T, IpvsFailure>> => {
    const [answer] = await queue(() => transport.request([request]));
    return answer === undefined ? fail(explain(asked, lostAnswer)) : decided(asked, answer, decode);
  };
  const list = async <T>(
    asked: Asked,
    request: IpvsRequest,
    decode: (attributes: Uint8Array) => Decoded<T>,
  ): Promise<Result<readonly T[], IpvsFailure>> => {
    const answer = await queue(() => transport.dump(request));
    return decided(asked, answer, ({ messages }) =>
      ok(
        messages
          .map(({ attributes }) => decode(attributes))
          .flatMap((entry) => (entry.ok ? [entry.value] : [])),
      ),
    );
  };

  return {
    information: () => ask({ kind: 'read-information' }, requests.information, first(decodeInformation)),
    perform: (changes) => queue(() => perform(transport, changes)),
    table: (expected) => queue(() => readTable(transport, expected)),
    services: () => list({ kind: 'list-services' }, requests.services, decodeServiceReport),
    service: (key) =>
      ask({ kind: 'read-service', service: key }, requests.service(key), first(decodeServiceReport)),
    servers: (key) =>
      list({ kind: 'list-servers', service: key }, requests.servers(key), (attributes) =>
        decodeServerReport(attributes, familyOfService(key)),
      ),
    zero: (key) =>
      ask(
        key === undefined ? { kind: 'zero-all' } : { kind: 'zero-service', service: key },
        requests.zero(key),
        nothing,
      ),
    flush: () => ask({ kind: 'flush' }, requests.flush, nothing),
    timeouts: () => ask({ kind: 'read-timeouts' }, requests.timeouts, first(wholeTimeouts)),
    setTimeouts: (timeouts) => ask({ kind: 'set-timeouts' }, requests.setTimeouts(timeouts), nothing),
    daemons: () => list({ kind: 'list-daemons' }, requests.daemons, daemonOf),
    startDaemon: async (daemon) =>
      daemon.syncId >= 0 && daemon.syncId <= 255
        ? ask({ kind: 'start-daemon', daemon }, requests.startDaemon(daemon), nothing)
        : fail(explain({ kind: 'start-daemon', daemon }, errnoNumber('EINVAL'))),
    stopDaemon: (role) => queue(() => stopDaemon(transport, role)),
    close: () => transport.close(),
  };
}

async function perform(
  transport: IpvsTransport,
  changes: readonly Change[],
): Promise<readonly Result<void, IpvsFailure>[]> {
  const results: Result<void, IpvsFailure>[] = [];
  for (const batch of batches(changes, transport.capacity)) {
    const answers = await transport.request(batch.map(changeRequest));
    results.push(...batch.map((change, i) => outcome(change, answers[i]?.errno ?? 'silent')));
  }
  return results;
}

const lostAnswer = errnoNumber('ENOBUFS');

function decided<T>(
  asked: Asked,
  answer: Answer,
  decode: (answer: Answer) => Decoded<T>,
): Result<T, IpvsFailure> {
  if (answer.errno === 'silent') return fail(explain(asked, lostAnswer));
  if (answer.errno !== 0) return fail(explain(asked, answer.errno));
  const decoded = decode(answer);
  return decoded.ok ? decoded : fail({ ...explain(asked, 0), code: 'EBADMSG', reason: decoded.error });
}

const outcome = (change: Change, errno: number | 'silent'): Result<void, IpvsFailure> =>
  errno === 0 ? done : fail(explain(change, errno === 'silent' ? lostAnswer : errno));

/** One for all: a table has tens of thousands of entries. */
const done = ok(undefined);

const nothing = (): Decoded<void> => done;

const first =
  <T>(decode: (attributes: Uint8Array) => Decoded<T>) =>
  ({ messages: [message] }: Answer): Decoded<T> =>
    message === undefined ? fail('an answer without data') : decode(message.attributes);

function wholeTimeouts(attributes: Uint8Array): Decoded<{ tcp: number; tcpFin: number; udp: number }> {
  const { tcp, tcpFin, udp } = decodeTimeouts(attributes);
  if (tcp === undefined || tcpFin === undefined || udp === undefined) return fail('timeouts cut short');
  return ok({ tcp, tcpFin, udp });
}

const daemonOf = (attributes: Uint8Array): ReturnType<typeof decodeDaemon> =>
  decodeDaemon(readAttributes(attributes).get(top.daemon) ?? new Uint8Array());

/**
 * The kernel may stop a daemon that has just been started without a word: its thread ends with EINTR, for which
 * netlink sends no acknowledgement. So the stop asks for one of its own, and a harmless request goes along; when only
 * that one is answered, the list of daemons tells whether the stop was carried out.
 */
async function stopDaemon(transport: IpvsTransport, role: SyncRole): Promise<Result<void, IpvsFailure>> {
  const asked: Asked = { kind: 'stop-daemon', role };
  const [answer] = await transport.request([
    { ...requests.stopDaemon(role), acknowledged: true },
    requests.information,
  ]);
  if (answer !== undefined && answer.errno !== 'silent') return decided(asked, answer, nothing);
  const left = await transport.dump(requests.daemons);
  const isLeft = left.messages.some(({ attributes }) => {
    const daemon = daemonOf(attributes);
    return daemon.ok && daemon.value.role === role;
  });
  return isLeft ? fail(explain(asked, lostAnswer)) : ok(undefined);
}

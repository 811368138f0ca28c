import { readFileSync } from 'node:fs';
import { address, concatBytes, fromHex, toHex } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { describeWith } from '../../../../test/support/requirements.ts';
import { sharedFolder } from '../../../../test/support/shared-folder.ts';
import { attribute, readAttributes } from '../../src/codec/attributes.ts';
import { decodeInformation, decodeTimeouts } from '../../src/codec/config.ts';
import { command } from '../../src/codec/constants.ts';
import { decodeDaemon } from '../../src/codec/daemon.ts';
import { controller, decodeFamilyId, encodeFamilyName } from '../../src/codec/family.ts';
import { decodeServerReport, decodeServiceReport } from '../../src/codec/report.ts';
import { changeRequest, type IpvsRequest, requests } from '../../src/codec/request.ts';
import { decodeServer, decodeServerKey } from '../../src/codec/server.ts';
import { decodeService, decodeServiceKey } from '../../src/codec/service.ts';
import type {
  Forwarding,
  Protocol,
  Server,
  ServerKey,
  Service,
  ServiceKey,
  SyncDaemon,
} from '../../src/index.ts';
import { familyOfService } from '../../src/index.ts';
import { envelope, open } from '../envelope.ts';

/** Messages captured from a kernel, where the checkout has them beside it. */
const folder = sharedFolder();
const vectors: readonly Vector[] =
  folder === undefined ? [] : read(`${folder}/reference/ipvs-vectors.json`).vectors;

interface Vector {
  readonly id: string;
  readonly family: string;
  readonly command: number | null;
  readonly nlmsg_flags: number;
  readonly seq: number;
  readonly values: Values;
  readonly request: string;
  readonly replies: readonly string[];
}

interface Values {
  readonly name?: string;
  readonly service?: ServiceValues;
  readonly dest?: ServerValues;
  readonly daemon?: DaemonValues;
  readonly tcp?: number;
  readonly tcp_fin?: number;
  readonly udp?: number;
  readonly tcp_bytes?: string;
}

interface ServiceValues {
  readonly af: string;
  readonly protocol?: Protocol;
  readonly address?: string;
  readonly port?: number;
  readonly fwmark?: number;
  readonly scheduler?: string;
  readonly flags?: number;
  readonly timeout?: number;
  readonly netmask?: string | number;
  readonly pe?: string;
}

interface ServerValues {
  readonly address: string;
  readonly port: number;
  readonly fwd?: string;
  readonly weight?: number;
  readonly u_threshold?: number;
  readonly l_threshold?: number;
  readonly tun_type?: 'ipip' | 'gue' | 'gre';
  readonly tun_port?: number;
  readonly tun_flags?: number;
}

interface DaemonValues {
  readonly state: 'master' | 'backup';
  readonly interface?: string;
  readonly sync_id: number;
  readonly maxlen?: number;
  readonly group?: string;
  readonly group6?: string;
  readonly port?: number;
  readonly ttl?: number;
}

describeWith({ shared: true }, 'messages captured from a kernel', () => {
  test('all of them are here', () => {
    expect(vectors.length).toBe(61);
  });

  test.each(vectors)('$id is asked for byte for byte', (vector) => {
    const { id, family, nlmsg_flags: flags, seq: sequence } = vector;
    const type = family === 'nlctrl' ? controller.type : 28;
    const asked = requestsOf(vector).map((request, i) =>
      envelope({ type, flags, sequence: sequence + i }, request.command, request.attributes),
    );
    expect(toHex(concatBytes(...asked)), id).toBe(vector.request);
  });

  test.each(vectors.filter(({ id }) => id !== 'batch'))(
    '$id is read back as it was meant',
    ({ values, request }) => {
      const attributes = readAttributes(open(fromHex(request)).attributes);
      const nested = (type: number): Uint8Array => attributes.get(type) ?? new Uint8Array();
      const { service, dest, daemon } = values;
      if (service !== undefined) {
        const decode = service.scheduler === undefined ? decodeServiceKey : decodeService;
        expect(decode(nested(1))).toEqual({ ok: true, value: serviceOrKey(service) });
      }
      if (service !== undefined && dest !== undefined) {
        const decode = dest.weight === undefined ? decodeServerKey : decodeServer;
        expect(decode(nested(2), service.af === 'inet' ? 4 : 6)).toEqual({
          ok: true,
          value: serverOrKey(dest),
        });
      }
      if (daemon?.interface !== undefined) {
        expect(decodeDaemon(nested(3))).toEqual({ ok: true, value: daemonOf(daemon, daemon.interface) });
      }
      if (values.tcp !== undefined || values.udp !== undefined) {
        expect(decodeTimeouts(open(fromHex(request)).attributes)).toEqual(timeoutsOf(values));
      }
    },
  );

  test('the reply of the controller names the family', () => {
    const [reply] = repliesOf('resolve-family');
    expect(decodeFamilyId(reply?.attributes ?? new Uint8Array())).toBe(28);
  });

  test('information and timeouts are read', () => {
    expect(
      repliesOf('info')
        .slice(0, 1)
        .map(({ attributes }) => decodeInformation(attributes)),
    ).toEqual([{ ok: true, value: { version: '1.2.1', connectionTableSize: 4096 } }]);
    expect(
      repliesOf('timeouts-get')
        .slice(0, 1)
        .map(({ attributes }) => decodeTimeouts(attributes)),
    ).toEqual([{ tcp: 900, tcpFin: 120, udp: 300 }]);
  });

  test('the dump of services gives back those that were made', () => {
    const found = dumped('service-dump', (bytes) => decodeServiceReport(bytes)).map(({ service }) => service);
    const made = vectors.filter(({ id }) => id.startsWith('service-new-') || id === 'service-set');
    const last = new Map(
      made
        .filter(wasDone)
        .map(({ values: { service } }) => [
          JSON.stringify(service === undefined ? 0 : keyOf(service)),
          service,
        ]),
    );
    const expected = [...last.values()].flatMap((service) =>
      service === undefined ? [] : [serviceOrKey(service)],
    );
    expect(new Set(found.map((service) => JSON.stringify(service)))).toEqual(
      new Set(expected.map((service) => JSON.stringify(service))),
    );
  });

  test.each([
    ['dest-dump', 4, ['10.9.1.5:80', '10.9.1.4:80', '10.9.1.3:80', '10.9.1.2:80', '10.9.1.1:8080']],
    ['dest-dump-v6', 6, ['10.9.1.9:443', 'fd00::1:1:443']],
    ['dest-dump-empty', 4, []],
  ] as const)('%s gives the servers', (id, family, expected) => {
    const found = dumped(id, (bytes) => decodeServerReport(bytes, family));
    expect(found.map(({ server }) => `${server.address}:${server.port}`)).toEqual(expected);
    const made = new Map(
      vectors
        .filter((vector) => /^dest-(new|set)/.test(vector.id) && wasDone(vector))
        .flatMap(({ values: { dest } }) =>
          dest === undefined ? [] : [[`${dest.address}:${dest.port}`, dest]],
        ),
    );
    for (const { server } of found) {
      const dest = made.get(`${server.address}:${server.port}`);
      expect(server).toEqual(dest && serverOrKey(dest));
    }
  });

  test('the dump of sync daemons tells what the kernel filled in', () => {
    expect(dumped('daemon-dump', daemonFrom)).toEqual([
      {
        role: 'master',
        interface: 'v1',
        syncId: 33,
        maximumLength: 1472,
        group: '224.0.0.81',
        port: 8848,
        ttl: 1,
      },
      {
        role: 'backup',
        interface: 'v1',
        syncId: 34,
        maximumLength: 1400,
        group: '224.0.0.90',
        port: 8850,
        ttl: 2,
      },
    ]);
    expect(dumped('daemon-dump-group6', daemonFrom)).toEqual([
      {
        role: 'master',
        interface: 'v1',
        syncId: 35,
        maximumLength: 1452,
        group: 'ff02::90',
        port: 8848,
        ttl: 1,
      },
    ]);
  });
});

const daemonFrom = (bytes: Uint8Array) => decodeDaemon(readAttributes(bytes).get(3) ?? new Uint8Array());

function read(file: string): { readonly vectors: readonly Vector[] } {
  return JSON.parse(readFileSync(file, 'utf8'));
}

const repliesOf = (id: string) =>
  vectors
    .filter((vector) => vector.id === id)
    .flatMap(({ replies }) => replies.map((reply) => open(fromHex(reply))));

/** An acknowledgement with error 0; the error stands where a command would. */
const wasDone = ({ replies }: Vector): boolean => open(fromHex(replies[0] ?? '')).command === 0;

/** The values of all messages of a dump but its end. */
function dumped<T>(
  id: string,
  decode: (bytes: Uint8Array) => { readonly ok: boolean; readonly value?: T },
): readonly T[] {
  const messages = repliesOf(id).filter(({ type }) => type !== 3);
  return messages.map(({ attributes }) => {
    const { value } = decode(attributes);
    if (value === undefined) throw new TypeError(`${id}: a message was not understood`);
    return value;
  });
}

function requestsOf(vector: Vector): readonly IpvsRequest[] {
  const { values, id } = vector;
  if (values.name !== undefined)
    return [{ command: controller.getFamily, attributes: encodeFamilyName(values.name) }];
  if (id === 'batch') return batch();
  return [requestOf(vector.command ?? 0, values)];
}

function requestOf(number: number, { service, dest, daemon, ...values }: Values): IpvsRequest {
  const key = service === undefined ? undefined : keyOf(service);
  if (key !== undefined && service !== undefined && dest !== undefined) {
    if (number === command.deleteServer) {
      return changeRequest({ kind: 'delete-server', service: key, server: serverKeyOf(dest) });
    }
    const kind = number === command.newServer ? 'add-server' : 'set-server';
    return changeRequest({ kind, service: key, server: serverOf(dest) });
  }
  if (key !== undefined && service !== undefined) return serviceRequest(number, key, service);
  if (daemon !== undefined) {
    return daemon.interface === undefined
      ? requests.stopDaemon(daemon.state, daemon.sync_id)
      : requests.startDaemon(daemonOf(daemon, daemon.interface));
  }
  if (values.tcp_bytes !== undefined)
    return { command: number, attributes: attribute(4, fromHex(values.tcp_bytes)) };
  return number === command.setConfig ? requests.setTimeouts(timeoutsOf(values)) : plainRequest(number);
}

function serviceRequest(number: number, key: ServiceKey, service: ServiceValues): IpvsRequest {
  switch (number) {
    case command.newService:
    case command.setService:
      return changeRequest({
        kind: number === command.newService ? 'add-service' : 'set-service',
        service: serviceOf(service),
      });
    case command.deleteService:
      return changeRequest({ kind: 'delete-service', service: key });
    case command.getServer:
      return requests.servers(key);
    case command.zero:
      return requests.zero(key);
    default:
      return requests.service(key);
  }
}

function plainRequest(number: number): IpvsRequest {
  const plain = [
    requests.information,
    requests.timeouts,
    requests.services,
    requests.daemons,
    requests.zero(),
  ];
  const found = [...plain, requests.flush].find((request) => request.command === number);
  if (found === undefined) throw new TypeError(`no request for command ${number}`);
  return found;
}

/** The vector's own words: a service, three servers, the second of them twice. */
function batch(): readonly IpvsRequest[] {
  const key: ServiceKey = { kind: 'address', protocol: 'tcp', address: address('10.9.0.100'), port: 80 };
  const service = {
    af: 'inet',
    protocol: 'tcp',
    address: '10.9.0.100',
    port: 80,
    scheduler: 'rr',
    flags: 0,
  } as const;
  const servers = ['10.9.1.1', '10.9.1.2', '10.9.1.2', '10.9.1.3'].map((text) =>
    changeRequest({ kind: 'add-server', service: key, server: serverOf({ ...plainServer, address: text }) }),
  );
  return [changeRequest({ kind: 'add-service', service: serviceOf(service) }), ...servers];
}

const plainServer = { port: 80, fwd: 'masq', weight: 1, u_threshold: 0, l_threshold: 0 };

function keyOf({ af, protocol, address: text, port, fwmark }: ServiceValues): ServiceKey {
  if (fwmark !== undefined) return { kind: 'fwmark', family: af === 'inet' ? 4 : 6, mark: fwmark };
  if (protocol === undefined || text === undefined || port === undefined)
    throw new TypeError('a vector without a key');
  return { kind: 'address', protocol, address: address(text), port };
}

const serviceOrKey = (service: ServiceValues): Service | ServiceKey =>
  service.scheduler === undefined ? keyOf(service) : serviceOf(service);

function serviceOf(values: ServiceValues): Service {
  const key = keyOf(values);
  const { flags = 0, timeout = 0, netmask = '' } = values;
  const granularity =
    familyOfService(key) === 4
      ? ({ family: 4, mask: address(flags & 1 ? String(netmask) : '255.255.255.255') } as const)
      : ({ family: 6, prefixLength: Number(netmask) } as const);
  return {
    key,
    scheduler: values.scheduler ?? '',
    schedulerFlags: { flag1: (flags & 8) !== 0, flag2: (flags & 16) !== 0, flag3: (flags & 32) !== 0 },
    onePacket: (flags & 4) !== 0,
    persistence: flags & 1 ? { timeout, granularity } : undefined,
    persistenceEngine: values.pe,
  };
}

const serverKeyOf = (values: ServerValues): ServerKey => ({
  address: address(values.address),
  port: values.port,
});

const serverOrKey = (values: ServerValues): Server | ServerKey =>
  values.weight === undefined ? serverKeyOf(values) : serverOf(values);

const serverOf = (values: ServerValues): Server => ({
  ...serverKeyOf(values),
  forwarding: forwardingOf(values),
  weight: values.weight ?? 0,
  upperThreshold: values.u_threshold ?? 0,
  lowerThreshold: values.l_threshold ?? 0,
});

function forwardingOf({
  fwd,
  tun_type: type,
  tun_port: port = 0,
  tun_flags: flags = 0,
}: ServerValues): Forwarding {
  if (fwd !== 'tunnel') return { method: fwd === 'masq' ? 'NAT' : 'DR' };
  const checksum = flags === 1 ? 'csum' : 'nocsum';
  if (type === 'gue') return { method: 'TUN', tunnel: { type, port, checksum } };
  return { method: 'TUN', tunnel: type === 'gre' ? { type, checksum } : { type: 'ipip' } };
}

function daemonOf(values: DaemonValues, name: string): SyncDaemon {
  const group = values.group ?? values.group6;
  return {
    role: values.state,
    interface: name,
    syncId: values.sync_id,
    ...(values.maxlen === undefined ? {} : { maximumLength: values.maxlen }),
    ...(group === undefined ? {} : { group: address(group) }),
    ...(values.port === undefined ? {} : { port: values.port }),
    ...(values.ttl === undefined ? {} : { ttl: values.ttl }),
  };
}

const timeoutsOf = ({ tcp, tcp_fin: tcpFin, udp }: Values) => ({
  ...(tcp === undefined ? {} : { tcp }),
  ...(tcpFin === undefined ? {} : { tcpFin }),
  ...(udp === undefined ? {} : { udp }),
});

import type { IpAddress } from '@holdfast/kit';
import type {
  Forwarding,
  RealServer,
  RealServerAddress,
  ServiceAddress,
  VirtualServer,
} from '../lvs-types.ts';
import { by } from './by-keyword.ts';
import { checkerSchema } from './checkers.ts';
import { address, commandSchema, micros } from './common.ts';
import {
  about,
  anyOf,
  constant,
  flag,
  list,
  object,
  optional,
  type SchemaOf,
  shared,
  text,
  wholeNumber,
  words,
} from './schema.ts';

const of = <T>(keywords: string, schema: SchemaOf<T>): SchemaOf<T> =>
  by(keywords.replace(/\S+/g, 'virtual_server.$&'), schema);
const ofServer = <T>(keyword: string, schema: SchemaOf<T>): SchemaOf<T> =>
  of(`real_server.${keyword}`, schema);

const port: SchemaOf<number> = { json: { type: 'integer', minimum: 0, maximum: 65_535 } };

type Tunnel = Extract<Forwarding, { method: 'TUN' }>['tunnel'];
type Checksum = Extract<Tunnel, { type: 'gue' }>['checksum'];
const checksum = words<Checksum>({ nocsum: true, csum: true, remcsum: true });

const tunnel = anyOf<
  [Extract<Tunnel, { type: 'ipip' }>, Extract<Tunnel, { type: 'gue' }>, Extract<Tunnel, { type: 'gre' }>]
>(
  object<Extract<Tunnel, { type: 'ipip' }>>({ type: constant('ipip') }),
  object<Extract<Tunnel, { type: 'gue' }>>({ type: constant('gue'), port, checksum }),
  object<Extract<Tunnel, { type: 'gre' }>>({ type: constant('gre'), checksum }),
);

const forwarding = shared<Forwarding>(
  'forwarding',
  anyOf<[{ readonly method: 'NAT' | 'DR' }, Extract<Forwarding, { method: 'TUN' }>]>(
    object<{ readonly method: 'NAT' | 'DR' }>({ method: words<'NAT' | 'DR'>({ NAT: true, DR: true }) }),
    object<Extract<Forwarding, { method: 'TUN' }>>({ method: constant('TUN'), tunnel }),
  ),
);

const serviceAddress = anyOf<
  [Extract<ServiceAddress, { kind: 'address' }>, Extract<ServiceAddress, { kind: 'fwmark' }>]
>(
  object<Extract<ServiceAddress, { kind: 'address' }>>({
    kind: constant('address'),
    address: address.schema,
    port,
  }),
  object<Extract<ServiceAddress, { kind: 'fwmark' }>>({
    kind: constant('fwmark'),
    family: anyOf<[4, 6]>(constant(4), constant(6)),
    mark: wholeNumber,
  }),
);

const sorryServer = (): SchemaOf<RealServerAddress> =>
  object<RealServerAddress>({
    address: address.schema,
    port,
    forwarding: of('sorry_server_lvs_method', forwarding.schema),
  });

const realServer = (): SchemaOf<RealServer> =>
  object<RealServer>({
    key: about('As in the log: `[10.0.0.7]:tcp:80`.', text),
    address: address.schema,
    port: about('0: that of the service.', port),
    forwarding: ofServer('lvs_method', forwarding.schema),
    weight: ofServer('weight', wholeNumber),
    inhibitOnFailure: ofServer('inhibit_on_failure', flag),
    upperThreshold: ofServer('uthreshold', wholeNumber),
    lowerThreshold: ofServer('lthreshold', wholeNumber),
    notifyUp: ofServer('notify_up', optional(commandSchema)),
    notifyDown: ofServer('notify_down', optional(commandSchema)),
    virtualhost: ofServer('virtualhost', optional(text)),
    checkers: about('What looks at it.', list(checkerSchema())),
  });

type Persistence = NonNullable<VirtualServer['persistence']>;

const persistence = (): SchemaOf<Persistence> =>
  object<Persistence>({
    timeout: about('In seconds.', of('persistence_timeout', wholeNumber)),
    netmask: of('persistence_granularity', optional(anyOf<[number, IpAddress]>(wholeNumber, address.schema))),
  });

/** `virtual_server` with its real servers. */
export const virtualServerSchema = (): SchemaOf<VirtualServer> =>
  object<VirtualServer>({
    key: about('As in the log, and unique: `[10.0.0.1]:tcp:80`, `[GROUP]:0`, `FWM 5`.', text),
    services: about('One, or those of its group.', list(serviceAddress)),
    protocol: of('protocol', words<VirtualServer['protocol']>({ tcp: true, udp: true, sctp: true })),
    scheduler: of('lvs_sched', text),
    schedulerFlags: of(
      'flag-1 flag-2 flag-3',
      object<VirtualServer['schedulerFlags']>({ flag1: flag, flag2: flag, flag3: flag }),
    ),
    onePacket: of('ops', flag),
    persistence: optional(persistence()),
    persistenceEngine: of('persistence_engine', optional(text)),
    delayLoop: of('delay_loop', micros),
    haSuspend: of('ha_suspend', flag),
    alpha: of('alpha', flag),
    omega: of('omega', flag),
    initialNotifies: by('global_defs.rs_init_notifies', optional(flag)),
    quorum: of('quorum', wholeNumber),
    hysteresis: of('hysteresis', wholeNumber),
    quorumUp: of('quorum_up', optional(commandSchema)),
    quorumDown: of('quorum_down', optional(commandSchema)),
    sorryServer: of('sorry_server', optional(sorryServer())),
    sorryServerInhibit: of('sorry_server_inhibit', flag),
    virtualhost: of('virtualhost', optional(text)),
    realServers: of('real_server', list(realServer())),
  });

export const poolDefinitions = [forwarding];
